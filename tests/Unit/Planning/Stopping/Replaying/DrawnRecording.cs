using System.Collections.Immutable;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Planning.Stopping;
using Sweeper.Grains.Planning.Stopping.Replaying;

namespace Sweeper.Tests.Unit.Planning.Stopping.Replaying;

/// <summary>What a drawn recording says of short cycles.</summary>
public enum ShortCycles
{
    /// <summary>They rank as whole ones do.</summary>
    Perfect,

    /// <summary>They say nothing about whole ones.</summary>
    Noise,

    /// <summary>They rank the other way round.</summary>
    Opposite,
}

/// <summary>Recordings that nobody trained, for what must hold whatever short cycles say.</summary>
internal static class DrawnRecording
{
    /// <summary>Configurations whose whole cycle ends evenly between 50 % and 90 %.</summary>
    /// <param name="kind">What a ninth of it says.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">Seed.</param>
    public static ImmutableArray<RecordedTrial> Of(ShortCycles kind, int count, int seed)
    {
        var random = new SplitMix((ulong)seed);
        var trials = ImmutableArray.CreateBuilder<RecordedTrial>();
        for (int number = 1; number <= count; number++)
        {
            double end = 0.5 + (0.4 * random.NextDouble());
            double luck = 0.4 + (0.4 * random.NextDouble());
            double brief = kind switch
            {
                ShortCycles.Perfect => end - 0.1,
                ShortCycles.Noise => luck,
                ShortCycles.Opposite => 1.3 - end,
                _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such recording"),
            };
            trials.Add(new RecordedTrial(number, [Cycle(1, brief), Cycle(9, end)]));
        }

        return trials.ToImmutable();
    }

    /// <summary>A recording without its best configurations: another winner, with others beside it.</summary>
    public static ImmutableArray<RecordedTrial> Without(IReadOnlyList<RecordedTrial> recording, int best) =>
        [.. recording.OrderByDescending(trial => trial.Final ?? -1).Skip(best).OrderBy(trial => trial.Number)];

    private static RecordedCycle Cycle(double epochs, double accuracy) => new(epochs, [new CycleReading(1, accuracy)], null);
}
