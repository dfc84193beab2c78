using System.Collections.Immutable;

namespace Sweeper.Grains.Planning.Stopping;

/// <summary>
/// Judges a running trial by what completed trials of the same schedule and length looked like at the same fraction of the
/// cycle, after the peak of the learning rate only. The end is predicted from the reading as a straight line between the
/// logarithms of the errors (an error that anneals by a common factor is such a line; ours), its best case is a
/// <see cref="JackknifePlus"/> bound. A random tenth of the trials that it would stop run on all the same:
/// <see cref="FalseStopRate"/> is measured on them.
/// </summary>
/// <remarks>
/// The bound is exact for trials exchangeable with the completed ones. Those that were stopped are missing among these, and a
/// trial is judged at several readings, each at alpha: the audit measures what the two come to.
/// </remarks>
internal sealed class SamePhasePredictor
{
    private const double LeastError = 1e-4; // no held-out set of ours resolves less

    private readonly SamePhaseSettings _settings;
    private readonly double _judgedFrom;
    private readonly ImmutableArray<CycleCurve> _completed;
    private readonly Dictionary<double, (double[] Now, double[] End)> _phases = [];

    /// <summary>Fits on completed trials.</summary>
    /// <param name="settings">Settings.</param>
    /// <param name="peak">Fraction of the cycle at the peak of the learning rate; <see cref="SchedulePeak"/>.</param>
    /// <param name="completed">Trials of one schedule and length; those without an end are left out.</param>
    public SamePhasePredictor(SamePhaseSettings settings, double peak, IEnumerable<CycleCurve> completed)
    {
        _settings = settings;
        _judgedFrom = settings.JudgedFrom(peak);
        _completed = [.. completed.Where(curve => curve.Final is not null).OrderBy(curve => curve.Trial)];
    }

    /// <summary>Most accurate end that a trial with this reading can hope for; 1 where too few have completed.</summary>
    /// <param name="reading">Its reading.</param>
    public double UpperBound(CycleReading reading)
    {
        (double[] now, double[] end) = Phase(reading.Fraction);
        return now.Length < _settings.LeastCompleted
            ? 1
            : 1 - Math.Exp(JackknifePlus.LowerBound(now, end, LogError(reading.Accuracy), _settings.Alpha));
    }

    /// <summary>What is to become of a running trial after a reading.</summary>
    /// <param name="trial">Its number.</param>
    /// <param name="reading">Its newest reading.</param>
    /// <param name="incumbent">Best final accuracy so far of the same schedule and length; null: none.</param>
    public PhaseDecision Decide(int trial, CycleReading reading, double? incumbent)
    {
        if (incumbent is not { } best || reading.Fraction < _judgedFrom || reading.Fraction >= 1)
        {
            return new PhaseDecision.Continue();
        }

        double bound = UpperBound(reading);
        if (bound >= best)
        {
            return new PhaseDecision.Continue();
        }

        var evidence = new PhaseEvidence(reading, bound, best, Phase(reading.Fraction).Now.Length);
        return IsAudited(_settings, trial) ? new PhaseDecision.AuditRun(evidence) : new PhaseDecision.Stop(evidence);
    }

    /// <summary>Whether a trial would run on where it would be stopped: drawn once for each trial, from the seed of the sweep and its number.</summary>
    public static bool IsAudited(SamePhaseSettings settings, int trial) =>
        new SplitMix(((ulong)(uint)settings.Seed << 32) | (uint)trial).NextDouble() < settings.AuditShare;

    private (double[] Now, double[] End) Phase(double fraction)
    {
        if (!_phases.TryGetValue(fraction, out (double[], double[]) phase))
        {
            var pairs = _completed
                .Select(curve => (Now: curve.At(fraction), End: curve.Final))
                .Where(pair => pair.Now is not null)
                .ToList();
            phase = ([.. pairs.Select(pair => LogError(pair.Now!.Value))], [.. pairs.Select(pair => LogError(pair.End!.Value))]); // both filtered above
            _phases.Add(fraction, phase);
        }

        return phase;
    }

    private static double LogError(double accuracy) => Math.Log(Math.Max(1 - accuracy, LeastError));
}
