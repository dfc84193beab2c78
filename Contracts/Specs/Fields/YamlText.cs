using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Text as YAML on one line.</summary>
internal static partial class YamlText
{
    // The default encoder would write letters of other scripts as escapes, which nobody can read.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text, quoted where it needs to be.</summary>
    public static string Write(string text) =>
        Plain().IsMatch(text) && NodeJson.IsText(text) ? text : JsonSerializer.Serialize(text, Readable);

    [GeneratedRegex(@"^[A-Za-z0-9_./][A-Za-z0-9_./-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
