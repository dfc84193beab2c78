using System.Collections.Immutable;
using Sweeper.Contracts.Specs.Fields;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs;

/// <summary>Reads specs from YAML or JSON, which is YAML too.</summary>
public static class SpecReader
{
    /// <summary>Reads a spec and checks it. Never throws for what the text says.</summary>
    /// <param name="text">YAML or JSON; at most 1 MiB.</param>
    /// <param name="names">Names of models and data sets; null: <see cref="KnownNames.BuiltIn"/>.</param>
    /// <param name="settings">Values that stand above the text's, such as <c>("training.epochs", "5")</c>; the value is YAML as well.</param>
    public static SpecReading Read(
        string text,
        KnownNames? names = null,
        IEnumerable<(string Path, string Value)>? settings = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var scope = new ReadScope();
        try
        {
            SpecNode root = YamlTree.Read(text) ?? new SpecNode.Map([], 1, 1);
            foreach ((string path, string value) in settings ?? [])
            {
                root = NodeEdit.Set(root, path, value);
            }

            return Read(root, names ?? KnownNames.BuiltIn, scope);
        }
        catch (SpecSyntaxException problem)
        {
            return new SpecReading(null, [new SpecProblem(problem.Path, problem.Value, problem.Message, problem.Line)]);
        }
    }

    private static SpecReading Read(SpecNode root, KnownNames names, ReadScope scope)
    {
        var values = new SpecValues();
        new SectionReader(scope, values).Read(root);
        SweepSpec spec = SpecBuilder.Build(values);
        EffectCheck.Report(values, scope);
        SpecValidator.Check(spec, names, scope.IsFaulty, problem => scope.Report(problem.Path, problem.Message));
        ImmutableArray<SpecProblem> problems = scope.Problems;
        return new SpecReading(problems.IsEmpty ? spec : null, problems);
    }
}
