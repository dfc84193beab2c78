using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Sweeper.Training.OwnModels.Scripts;

/// <summary>A TorchScript file: a ZIP archive of code in TorchScript's subset of Python, a pickled tree of modules, and tensors.</summary>
internal sealed class ScriptArchive
{
    private const string Cure = "torch.jit.script(model).save(\"model.pt\") writes one";
    private const string CodeEnd = ".py";
    private const string SourceMapEnd = ".debug_pkl";
    private const long LargestBytes = 1L << 31;

    private readonly byte[] _content;

    private ScriptArchive(string path, byte[] content, FrozenDictionary<string, string> code, byte[] pickle)
    {
        Path = path;
        _content = content;
        Code = code;
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        Layers = new ScriptLayers(code, pickle);
        Calls = [.. code.Values.SelectMany(ScriptCalls.Find)];
    }

    /// <summary>File that it was read from.</summary>
    public string Path { get; }

    /// <summary>SHA-256 of the file, hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>Kinds of its modules.</summary>
    public ScriptLayers Layers { get; }

    /// <summary>Its calls of dropout and of batch norm.</summary>
    public IReadOnlyList<ScriptCall> Calls { get; }

    private FrozenDictionary<string, string> Code { get; }

    /// <summary>Reads a file. Nothing of it runs.</summary>
    /// <exception cref="OwnModelException">There is none, or it is something else.</exception>
    public static ScriptArchive Read(string path)
    {
        byte[] content;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: >= LargestBytes } large)
            {
                throw new OwnModelException(FormattableString.Invariant($"{path} has {large.Length} bytes; files of less than {LargestBytes} are read"));
            }

            content = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new OwnModelException($"there is no file {path} where the silo runs; {Cure}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OwnModelException($"{path} cannot be read: {error.Message}", error);
        }

        return Of(path, content);
    }

    /// <summary>Takes the content of a file. Nothing of it runs.</summary>
    /// <param name="path">What messages call it.</param>
    /// <param name="content">The whole file.</param>
    /// <exception cref="OwnModelException">It is something else.</exception>
    public static ScriptArchive Of(string path, byte[] content)
    {
        try
        {
            using ZipArchive zip = Open(content);
            FrozenDictionary<string, string> code = zip.Entries
                .Where(entry => IsCode(entry.FullName))
                .ToFrozenDictionary(entry => Inner(entry.FullName), entry => Encoding.UTF8.GetString(Bytes(entry)));
            byte[]? pickle = zip.Entries.FirstOrDefault(entry => Inner(entry.FullName) == "data.pkl") is { } tree ? Bytes(tree) : null;
            return code.Count > 0 && pickle is not null
                ? new ScriptArchive(path, content, code, pickle)
                : throw new OwnModelException($"{path} holds no TorchScript code: it may be what torch.save wrote, weights without the network; {Cure}");
        }
        catch (InvalidDataException error)
        {
            throw new OwnModelException($"{path} is no TorchScript file, or it is damaged: {error.Message}; {Cure}", error);
        }
    }

    /// <summary>The file with every dropout at one rate.</summary>
    public byte[] WithDropout(double rate) => WithCode(code => ScriptCalls.WithDropout(code, rate));

    /// <summary>
    /// The file with every dropout as in evaluation. A rate of 0 is not that: torch draws a mask of ones for it once it has optimised the code.
    /// </summary>
    public byte[] WithoutDropout() => WithCode(ScriptCalls.WithoutDropout);

    private byte[] WithCode(Func<string, string> change)
    {
        using var target = new MemoryStream(_content.Length);
        using (ZipArchive source = Open(_content))
        using (var changed = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (ZipArchiveEntry entry in source.Entries.Where(entry => !entry.FullName.EndsWith(SourceMapEnd, StringComparison.Ordinal))) // of the code as it was
            {
                byte[] bytes = IsCode(entry.FullName) ? Encoding.UTF8.GetBytes(change(Code[Inner(entry.FullName)])) : Bytes(entry);
                using Stream to = changed.CreateEntry(entry.FullName, CompressionLevel.NoCompression).Open();
                to.Write(bytes);
            }
        }

        return target.ToArray();
    }

    private static ZipArchive Open(byte[] content) => new(new MemoryStream(content, writable: false), ZipArchiveMode.Read);

    private static bool IsCode(string name) => Inner(name).StartsWith("code/", StringComparison.Ordinal) && name.EndsWith(CodeEnd, StringComparison.Ordinal);

    /// <summary>Name within the archive's one folder, which has the name of the file that it was first saved as.</summary>
    private static string Inner(string name) => name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using Stream from = entry.Open();
        using var all = new MemoryStream();
        from.CopyTo(all);
        return all.ToArray();
    }
}
