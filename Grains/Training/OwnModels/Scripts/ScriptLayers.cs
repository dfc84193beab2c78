using System.Text;
using System.Text.RegularExpressions;

namespace Sweeper.Training.OwnModels.Scripts;

/// <summary>What kind each module of a TorchScript file is: its code declares the type of every module within a module.</summary>
internal sealed partial class ScriptLayers
{
    private const string Layers = "__torch__.torch.nn.modules.";
    private const string Folder = "code/";
    private const string CodeEnd = ".py";

    private readonly Dictionary<string, Dictionary<string, string>> _types = new(StringComparer.Ordinal);
    private readonly string _root;

    /// <summary>Reads them.</summary>
    /// <param name="code">Text of each file of code, by its name in the archive.</param>
    /// <param name="pickle">The pickled tree, which begins with the type of its root.</param>
    public ScriptLayers(IReadOnlyDictionary<string, string> code, ReadOnlySpan<byte> pickle)
    {
        foreach ((string name, string text) in code)
        {
            string space = name[Folder.Length..^CodeEnd.Length].Replace('/', '.');
            Dictionary<string, string>? type = null;
            foreach (string line in text.Split('\n'))
            {
                if (Class().Match(line) is { Success: true } found)
                {
                    _types[$"{space}.{found.Groups[1].Value}"] = type = new Dictionary<string, string>(StringComparer.Ordinal);
                }
                else if (Member().Match(line) is { Success: true } member)
                {
                    type?.TryAdd(member.Groups[1].Value + member.Groups[2].Value, member.Groups[3].Value);
                }
            }
        }

        _root = Root(pickle);
    }

    /// <summary>Kind of the module that owns a parameter or a buffer: such as <c>Conv2d</c> where it is a layer of torch's, else the whole name of its type.</summary>
    /// <param name="name">Such as <c>blocks.0.conv1.weight</c>.</param>
    /// <returns>The kind, and whether it is a layer of torch's.</returns>
    public (string Kind, bool IsLayer) OwnerOf(string name)
    {
        string type = _root;
        foreach (string part in name.Split('.')[..^1])
        {
            type = _types.GetValueOrDefault(type)?.GetValueOrDefault(part) ?? "";
        }

        string kind = Mangled().Replace(type, "");
        return kind.StartsWith(Layers, StringComparison.Ordinal)
            ? (kind[(kind.LastIndexOf('.') + 1)..], true)
            : (kind.Replace("__torch__.", "", StringComparison.Ordinal), false);
    }

    // PROTO 2, GLOBAL, then the module's and the class's names, each ended by a line feed.
    private static string Root(ReadOnlySpan<byte> pickle)
    {
        const int Start = 3;
        if (pickle.Length < Start || pickle[0] != 0x80 || pickle[2] != (byte)'c')
        {
            throw new InvalidDataException("its tree of modules does not begin with the type of a module");
        }

        string[] lines = Encoding.UTF8.GetString(pickle[Start..Math.Min(pickle.Length, 1 << 12)]).Split('\n', 3);
        return lines.Length == 3 ? $"{lines[0]}.{lines[1]}" : throw new InvalidDataException("the type of its first module has no end");
    }

    [GeneratedRegex(@"^class (\w+)\(", RegexOptions.CultureInvariant)]
    private static partial Regex Class();

    [GeneratedRegex(@"^  (?:(\w+) :|__annotations__\[""([^""]+)""\] =) (__torch__\.[\w.]+)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Member();

    [GeneratedRegex(@"___torch_mangle_\d+\.", RegexOptions.CultureInvariant)]
    private static partial Regex Mangled();
}
