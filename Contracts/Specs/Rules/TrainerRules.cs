using System.Collections.Immutable;
using Sweeper.Contracts.Specs.Fields;

namespace Sweeper.Contracts.Specs.Rules;

/// <summary>What must hold of a program of the user's own, and between it and the rest of a spec.</summary>
internal static class TrainerRules
{
    public static readonly ImmutableArray<SpecRule> All =
    [
        new([TrainerFields.Command, TrainerFields.TrainExamples, TrainerFields.Classes], (spec, _) => Missing(spec)),
        Of([TrainerFields.TrainExamples, TrainerFields.ValidationExamples], FewerHeldOut),
        Of([TrainerFields.TrainExamples, SearchFields.BatchSize], (spec, trainer) => trainer.TrainExamples > 0 && AxisGrid.Greatest(spec.Search.BatchSize) > trainer.TrainExamples
            ? Problem(SearchFields.BatchSize, spec, $"must be at most {trainer.TrainExamples}, trainer.train_examples")
            : null),
        Of([TrainerFields.ValidationExamples, SearchFields.SelectBy], (spec, trainer) => trainer.ValidationExamples == 0 && spec.Search.SelectBy == SelectionSet.Validation
            ? Problem(SearchFields.SelectBy, spec, "needs held-out examples: set trainer.validation_examples above 0, or select_by to test")
            : null),
        Of([SearchFields.BatchSize], (spec, _) => spec.Search.BatchSize is AxisSpec.Largest
            ? Problem(SearchFields.BatchSize, spec, "is found by trying the engine's own models; give batch sizes for a trainer of your own")
            : null),
        Of([SearchFields.Strategy], (spec, _) => spec.Search.Strategy == SearchStrategy.Pbt
            ? Problem(SearchFields.Strategy, spec, "hands weights from one network to another, which a trainer of your own keeps to itself; use another strategy")
            : null),
        Of([CooldownFields.At], (spec, _) => spec.Training.Cooldown is not null
            ? Problem(CooldownFields.At, spec, "anneals copies of the engine's own networks; remove it with a trainer of your own")
            : null),
        Of([], (spec, trainer) => spec.Data != trainer.Data || spec.Model != new ModelSpec(KnownNames.External)
            ? new SpecProblem("trainer", null, "stands beside a model or data that are not its own")
            : null),
        new([TrainerFields.Command], (spec, _) => Placeholders(spec)), // last: the others leave out a command that is faulty by itself
    ];

    private static SpecRule Of(ImmutableArray<SpecField> fields, Func<SweepSpec, TrainerSpec, SpecProblem?> check) =>
        SpecRule.Of([TrainerFields.Command, .. fields], spec => spec.Trainer is { } trainer ? check(spec, trainer) : null);

    private static SpecProblem Problem(SpecField field, SweepSpec spec, string text) => new(field.Path, field.Write(spec), text);

    private static IEnumerable<SpecProblem> Missing(SweepSpec spec)
    {
        if (spec.Trainer is { Command.IsDefaultOrEmpty: true })
        {
            yield return new SpecProblem(TrainerFields.Command.Path, null, "must name a program");
        }

        if (spec.Trainer is { TrainExamples: < 1 })
        {
            yield return new SpecProblem(TrainerFields.TrainExamples.Path, null, "is missing: how many examples an epoch has, so that schedules can be computed; such as train_examples: 50000");
        }

        if (spec.Trainer is { Classes: < 2 })
        {
            yield return new SpecProblem(TrainerFields.Classes.Path, null, "is missing: how many classes accuracy is about, so that chance is known; such as classes: 10");
        }
    }

    private static IEnumerable<SpecProblem> Placeholders(SweepSpec spec)
    {
        ImmutableArray<string> command = spec.Trainer?.Command ?? [];
        for (int i = 0; i < command.Length; i++)
        {
            foreach (string name in CommandPlaceholders.Unknown(command[i]))
            {
                yield return new SpecProblem(
                    $"{TrainerFields.Command.Path}[{i}]",
                    command[i],
                    $"{{{name}}} stands for nothing; known are {string.Join(", ", CommandPlaceholders.All.Select(known => $"{{{known.Name}}}"))}, and {{{{{name}}}}} is {{{name}}} as it stands");
            }
        }
    }

    private static SpecProblem? FewerHeldOut(SweepSpec spec, TrainerSpec trainer) => trainer.TrainExamples > 0 && trainer.ValidationExamples > trainer.TrainExamples
        ? Problem(TrainerFields.ValidationExamples, spec, $"must be at most trainer.train_examples, {trainer.TrainExamples}")
        : null;
}
