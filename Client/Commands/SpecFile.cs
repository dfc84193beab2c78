using System.Text;
using Sweeper.Contracts.Specs;

namespace Sweeper.Client.Commands;

/// <summary>Reads a user's spec file.</summary>
internal static class SpecFile
{
    /// <summary>Stands for standard input.</summary>
    public const string StandardInput = "-";

    private const int LargestBytes = 1 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The spec, checked. Relative paths of its data set, its model and its trainer count from the file's own folder.</summary>
    /// <param name="path">File, or - for standard input.</param>
    /// <param name="settings">Values that stand above the file's.</param>
    /// <exception cref="CliException">It cannot be read, or has problems: all of them.</exception>
    public static SweepSpec Read(string path, params IEnumerable<(string Path, string Value)> settings)
    {
        SpecReading reading = SpecReader.Read(ReadText(path), settings: settings);
        return Located(reading.Spec ?? throw CliException.Of(Name(path), reading.Problems), path);
    }

    /// <summary>The spec with the paths of its data, its model and its trainer made absolute: relative ones count from the file's own folder.</summary>
    /// <param name="spec">What the file says.</param>
    /// <param name="path">File, or - for standard input.</param>
    public static SweepSpec Located(SweepSpec spec, string path) => spec with
    {
        Data = Located(spec.Data, path),
        Model = spec.Model.Script is { } script ? spec.Model with { Script = Absolute(script, path) } : spec.Model,
        Trainer = spec.Trainer is { } trainer ? Found(trainer, path) : null,
    };

    /// <summary>The data with their paths made absolute.</summary>
    /// <param name="data">What the file says of them.</param>
    /// <param name="path">File, or - for standard input.</param>
    public static DataSpec Located(DataSpec data, string path) => data with
    {
        Path = data.Path is { } place ? Absolute(place, path) : null,
        TestPath = data.TestPath is { } test ? Absolute(test, path) : null,
    };

    /// <summary>What the spec and everything wrong with it are.</summary>
    /// <param name="path">File, or - for standard input.</param>
    /// <param name="settings">Values that stand above the file's.</param>
    /// <exception cref="CliException">It cannot be read at all.</exception>
    public static SpecReading Check(string path, params IEnumerable<(string Path, string Value)> settings) =>
        SpecReader.Read(ReadText(path), settings: settings);

    /// <summary>The file in a message.</summary>
    public static string Name(string path) => path == StandardInput ? "standard input" : path;

    /// <summary>The trainer with its folder and the content of its files, as far as they are on this machine.</summary>
    private static TrainerSpec Found(TrainerSpec trainer, string specFile)
    {
        TrainerSpec found = trainer with { Workdir = Absolute(trainer.Workdir ?? ".", specFile) };
        try
        {
            return Directory.Exists(found.Workdir) ? found with { Content = TrainerFiles.Hash(TrainerFiles.Of(found)) } : found;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.BadInput, $"{Name(specFile)}: a file of trainer.command cannot be read: {error.Message}");
        }
    }

    private static string Absolute(string data, string specFile)
    {
        if (data == "~" || data.StartsWith("~/", StringComparison.Ordinal))
        {
            data = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + data[1..];
        }

        string folder = specFile == StandardInput ? Environment.CurrentDirectory : Path.GetDirectoryName(Path.GetFullPath(specFile))!;
        return Path.GetFullPath(data, folder);
    }

    private static string ReadText(string path)
    {
        byte[] bytes = path == StandardInput ? ReadInput() : ReadBytes(path);
        if (bytes.Length > LargestBytes)
        {
            throw Unusable(path, "is larger than 1 MiB; a spec is a short text file");
        }

        try
        {
            string text = Strict.GetString(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(3) : bytes);
            return text.Contains('\0', StringComparison.Ordinal) ? throw Unusable(path, "is a binary file; a spec is YAML or JSON text") : text;
        }
        catch (DecoderFallbackException broken)
        {
            throw Unusable(path, $"is no UTF-8 text (byte {broken.Index}); a spec is YAML or JSON text");
        }
    }

    private static byte[] ReadBytes(string path)
    {
        if (Directory.Exists(path))
        {
            throw Unusable(path, "is a folder, not a spec file");
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            return ReadBounded(file);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Unusable(path, "does not exist; `sweeper init` writes a spec to start from");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Unusable(path, $"cannot be read: {failure.Message}");
        }
    }

    private static byte[] ReadInput()
    {
        using Stream input = Console.OpenStandardInput();
        return ReadBounded(input);
    }

    // One byte past the limit is enough to know; a device such as /dev/zero would never end.
    private static byte[] ReadBounded(Stream stream)
    {
        byte[] buffer = new byte[LargestBytes + 1];
        int read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return buffer[..read];
    }

    private static CliException Unusable(string path, string what) => new(ExitCode.BadInput, $"{Name(path)} {what}.");
}
