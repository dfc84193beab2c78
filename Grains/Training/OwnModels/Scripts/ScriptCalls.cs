using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sweeper.Training.OwnModels.Scripts;

/// <summary>A call whose effect depends on whether the network trains.</summary>
/// <param name="Operator">Such as <c>dropout</c> or <c>batch_norm</c>.</param>
/// <param name="Training">Argument that says whether it trains, as it stands in the code.</param>
internal sealed record ScriptCall(string Operator, string Training)
{
    /// <summary>Whether it is a dropout.</summary>
    public bool IsDropout => Operator.Contains("dropout", StringComparison.Ordinal);

    /// <summary>Whether the code says once and for all whether it trains, as that of a traced network does.</summary>
    public bool IsFixed => Training is "True" or "False";
}

/// <summary>Finds calls of dropout and batch norm in TorchScript's code. It has been printed by torch: every argument stands in its place.</summary>
internal static partial class ScriptCalls
{
    private const int RateArgument = 1;
    private const int DropoutTraining = 2;
    private const int NormTraining = 5;

    /// <summary>Every such call of a file of code.</summary>
    public static IEnumerable<ScriptCall> Find(string code) => Places(code).Select(place => place.Call);

    /// <summary>The code with every dropout at one rate.</summary>
    public static string WithDropout(string code, double rate) =>
        Replace(code, RateArgument, rate.ToString("0.0################", CultureInfo.InvariantCulture));

    /// <summary>The code with every dropout as in evaluation: it draws nothing.</summary>
    public static string WithoutDropout(string code) => Replace(code, DropoutTraining, "False");

    private static string Replace(string code, int argument, string value)
    {
        var changed = new StringBuilder(code);
        foreach (List<Range> arguments in Places(code).Where(place => place.Call.IsDropout).Select(place => place.Arguments).OrderByDescending(ranges => ranges[argument].Start.Value))
        {
            (int start, int length) = arguments[argument].GetOffsetAndLength(code.Length);
            changed.Remove(start, length).Insert(start, $" {value}");
        }

        return changed.ToString();
    }

    private static IEnumerable<(ScriptCall Call, List<Range> Arguments)> Places(string code)
    {
        foreach (Match match in Call().Matches(code))
        {
            string name = match.Groups[1].Value;
            int at = name == "batch_norm" ? NormTraining : DropoutTraining;
            List<Range> arguments = Arguments(code, match.Index + match.Length);
            if (arguments.Count > at)
            {
                yield return (new ScriptCall(name, code[arguments[at]].Trim()), arguments);
            }
        }
    }

    /// <summary>Where each argument stands, from the bracket that opens the call to the one that closes it.</summary>
    private static List<Range> Arguments(string code, int start)
    {
        var found = new List<Range>();
        int depth = 0;
        char quote = '\0';
        for (int i = start; i < code.Length; i++)
        {
            switch (code[i])
            {
                case '\\' when quote != '\0':
                    i++;
                    break;
                case '"' or '\'' when quote == '\0' || quote == code[i]:
                    quote = quote == '\0' ? code[i] : '\0';
                    break;
                case '(' or '[' or '{' when quote == '\0':
                    depth++;
                    break;
                case ')' or ']' or '}' when quote == '\0' && depth-- == 0:
                    found.Add(start..i);
                    return found;
                case ',' when quote == '\0' && depth == 0:
                    found.Add(start..i);
                    start = i + 1;
                    break;
                default:
                    break;
            }
        }

        return found;
    }

    [GeneratedRegex(@"\btorch\.((?:feature_)?(?:alpha_)?dropout_?|batch_norm)\(", RegexOptions.CultureInvariant)]
    private static partial Regex Call();
}
