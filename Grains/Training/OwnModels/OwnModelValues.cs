using System.Globalization;
using System.Text.RegularExpressions;
using Sweeper.Plugins;

namespace Sweeper.Training.OwnModels;

/// <summary>Settings that a spec gives, against those that the model declares.</summary>
internal static partial class OwnModelValues
{
    /// <summary>Every problem of what a model declares; empty: it is sound.</summary>
    public static IEnumerable<string> Check(IReadOnlyList<Hyperparameter> declared)
    {
        foreach (Hyperparameter one in declared)
        {
            string? complaint = one switch
            {
                _ when one.Name is null || !Name().IsMatch(one.Name) => "is no name: lower-case letters, digits and '_', a letter first, at most 40",
                Hyperparameter.Whole whole when !(whole.Min <= whole.Default && whole.Default <= whole.Max) => $"has the default {whole.Default}, which is not {whole.Words}",
                Hyperparameter.Real real when !(real.Min <= real.Default && real.Default <= real.Max) => Text($"has the default {real.Default}, which is not {real.Words}"),
                Hyperparameter.Choice choice when !choice.Options.Contains(choice.Default) => $"has the default {choice.Default}, which is not {choice.Words}",
                _ => null,
            };
            if (complaint is not null)
            {
                yield return $"the declared hyperparameter '{one.Name}' {complaint}";
            }
        }

        foreach (string twice in declared.GroupBy(one => one.Name).Where(group => group.Skip(1).Any()).Select(group => group.Key))
        {
            yield return $"the hyperparameter '{twice}' is declared twice";
        }
    }

    /// <summary>The values of every declared hyperparameter.</summary>
    /// <param name="declared">What is declared.</param>
    /// <param name="given">Settings of the spec.</param>
    /// <param name="problem">Takes the name of a setting and what is wrong with it.</param>
    public static Dictionary<string, object> Of(IReadOnlyList<Hyperparameter> declared, IEnumerable<OwnModelSetting> given, Action<string, string> problem)
    {
        Dictionary<string, object> values = declared.ToDictionary(one => one.Name, Default);
        foreach (OwnModelSetting setting in given)
        {
            if (declared.FirstOrDefault(one => one.Name == setting.Name) is not { } asked)
            {
                problem(setting.Name, declared.Count == 0
                    ? "the model declares no hyperparameters"
                    : $"the model declares no hyperparameter of that name; it declares {string.Join(", ", declared.Select(one => $"{one.Name} ({one.Words})"))}");
            }
            else if (Value(asked, setting) is { } value)
            {
                values[setting.Name] = value;
            }
            else
            {
                problem(setting.Name, $"{setting.Word ?? setting.Number?.ToString("R", CultureInfo.InvariantCulture)} is not {asked.Words}");
            }
        }

        return values;
    }

    private static object Default(Hyperparameter one) => one switch
    {
        Hyperparameter.Whole whole => whole.Default,
        Hyperparameter.Real real => real.Default,
        Hyperparameter.Choice choice => choice.Default,
        _ => throw new OwnModelException($"the hyperparameter '{one.Name}' is of a kind that is not known here: {one.GetType().Name}"),
    };

    private static object? Value(Hyperparameter asked, OwnModelSetting setting) => (asked, setting) switch
    {
        (Hyperparameter.Whole whole, { Number: { } number }) when number == Math.Truncate(number) && number >= whole.Min && number <= whole.Max => (int)number,
        (Hyperparameter.Real real, { Number: { } number }) when number >= real.Min && number <= real.Max => number,
        (Hyperparameter.Choice choice, { Word: { } word }) when choice.Options.Contains(word) => word,
        _ => null,
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}

/// <summary>Value of a model's hyperparameter.</summary>
/// <param name="Name">Name.</param>
/// <param name="Number">The number; null where it is a word.</param>
/// <param name="Word">The word; null where it is a number.</param>
public sealed record OwnModelSetting(string Name, double? Number, string? Word);
