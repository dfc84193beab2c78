using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>A group of axes by the names that a model declares; which names there are, only the model knows.</summary>
internal sealed class ModelAxesType : FieldType<ModelAxes?>
{
    /// <summary>The key of a list that other tools have.</summary>
    private const string ChoiceWord = "choice";

    private const int MostSettings = 20;

    /// <summary>Numbers of any kind: the model says which it takes.</summary>
    private static readonly AxisType Numbers = new(new NumberRange(-1e12, 1e12), log: false, rangeTest: false);

    /// <inheritdoc/>
    public override string Words => "group of the model's own names, each a number, a word, a list of either, or an interval";

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, string path, ReadScope scope, out ModelAxes? value)
    {
        value = null;
        if (node is SpecNode.Scalar { IsNull: true })
        {
            return true;
        }

        if (node is not SpecNode.Map { Entries: var entries })
        {
            scope.Report(path, $"must be a {Words}, such as {{width: [32, 64]}}, not {node.Kind}");
            return false;
        }

        int before = scope.Count;
        var axes = ImmutableArray.CreateBuilder<ModelAxis>();
        foreach (SpecEntry entry in entries)
        {
            string at = MapReader.Join(path, entry.Key);
            if (axes.Any(axis => axis.Name == entry.Key))
            {
                scope.Report(at, entry.Value.Written, "is given twice; keep one", entry.Line);
                continue;
            }

            scope.Place(at, entry.Line, entry.Value);
            if (ReadOne(entry, at, scope) is { } axis)
            {
                axes.Add(axis);
            }
        }

        value = axes.Count == 0 ? null : new ModelAxes(axes.ToImmutable());
        return scope.Count == before;
    }

    /// <inheritdoc/>
    public override string Write(ModelAxes? value) =>
        value is null ? "null" : $"{{{string.Join(", ", value.List.Select(axis => $"{axis.Name}: {WriteOne(axis)}"))}}}";

    /// <summary>The values of an axis as one would write them.</summary>
    public static string WriteOne(ModelAxis axis) => axis switch
    {
        { Words: [var word] } => YamlText.Write(word),
        { Words.IsEmpty: false, Axis: AxisSpec.Values { List: var places } } =>
            $"[{string.Join(", ", places.Select(place => YamlText.Write(axis.Words[(int)place])))}]",
        _ => Numbers.Write(axis.Axis),
    };

    /// <inheritdoc/>
    public override IEnumerable<SpecProblem> Check(string path, ModelAxes? value)
    {
        ImmutableArray<ModelAxis> axes = value?.List ?? [];
        if (axes.Length > MostSettings)
        {
            yield return new SpecProblem(path, null, $"has {axes.Length} settings, more than {MostSettings}");
        }

        foreach (ModelAxis axis in axes)
        {
            foreach (SpecProblem problem in CheckOne($"{path}.{axis.Name}", axis))
            {
                yield return problem;
            }
        }

        if (axes.Select(axis => axis.Name).Distinct().Count() < axes.Length)
        {
            yield return new SpecProblem(path, null, "names a setting twice; keep one");
        }
    }

    /// <inheritdoc/>
    public override JsonObject Schema() => new()
    {
        ["type"] = new JsonArray("object", "null"),
        ["propertyNames"] = new JsonObject { ["pattern"] = SpecPatterns.ForSchema(SpecPatterns.SettingName()) },
    };

    private static IEnumerable<SpecProblem> CheckOne(string path, ModelAxis axis)
    {
        if (!SpecPatterns.SettingName().IsMatch(axis.Name))
        {
            yield return new SpecProblem(path, axis.Name, "is no name of a hyperparameter: lower-case letters, digits and '_', a letter first, at most 40");
        }

        foreach (string word in axis.Words.Where(word => !SpecPatterns.SettingWord().IsMatch(word)))
        {
            yield return new SpecProblem(path, word, "must be a word: letters, digits, '_', '.' and '-', a letter first, at most 40");
        }

        if (axis.Axis.When is not null)
        {
            yield return new SpecProblem($"{path}.{AxisKeys.When.Word}", null, "is not for a model's own hyperparameters; remove it");
        }

        bool places = axis.Axis is AxisSpec.Values { List: var list } && list.All(place => place >= 0 && place < axis.Words.Length && place == Math.Truncate(place));
        IEnumerable<SpecProblem> problems = axis.Words.IsEmpty || places
            ? AxisCheck.Of(Numbers, path, axis.Axis)
            : [new SpecProblem(path, null, "must be a word or a list of words")];
        if (axis.Words.Distinct().Count() < axis.Words.Length)
        {
            problems = problems.Append(new SpecProblem(path, WriteOne(axis), "lists a word twice; keep one"));
        }

        foreach (SpecProblem problem in problems)
        {
            yield return problem;
        }
    }

    private static ModelAxis? ReadOne(SpecEntry entry, string at, ReadScope scope)
    {
        SpecNode node = entry.Value is SpecNode.Map { Entries: [{ Key: ChoiceWord or "values", Value: SpecNode.List listed }] } ? listed : entry.Value;
        SpecNode[] items = node is SpecNode.List list ? [.. list.Items] : [node];
        if (items.Length > 0 && items.All(item => item is SpecNode.Scalar { IsNull: false } scalar && !IsNumber(scalar)))
        {
            ImmutableArray<string> words = [.. items.Cast<SpecNode.Scalar>().Select(item => item.Text)];
            return new ModelAxis(entry.Key, new AxisSpec.Values([.. Enumerable.Range(0, words.Length).Select(place => (double)place)]), words);
        }

        return Numbers.TryRead(node, at, scope, out AxisSpec axis) ? new ModelAxis(entry.Key, axis, []) : null;
    }

    private static bool IsNumber(SpecNode.Scalar scalar) =>
        char.IsAsciiDigit(scalar.Text.TrimStart('+', '-', '.').FirstOrDefault()) || !SpecPatterns.SettingWord().IsMatch(scalar.Text);
}
