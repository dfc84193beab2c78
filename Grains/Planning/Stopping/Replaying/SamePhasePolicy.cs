namespace Sweeper.Grains.Planning.Stopping.Replaying;

/// <summary>The <see cref="SamePhasePredictor"/> in a replay.</summary>
internal sealed class SamePhasePolicy(int top, int configurations, SamePhaseSettings settings, double peak) : EachOncePolicy(top, configurations)
{
    private readonly List<CycleCurve> _completed = [];
    private readonly Dictionary<int, PhaseEvidence> _audited = [];
    private readonly Dictionary<int, PhaseEvidence> _stopped = [];
    private SamePhasePredictor _predictor = new(settings, peak, []);
    private double? _incumbent;

    /// <summary>Trials that were stopped, and why.</summary>
    public IReadOnlyDictionary<int, PhaseEvidence> Stopped => _stopped;

    /// <summary>What the audits have found.</summary>
    public FalseStopRate FalseStops { get; private set; }

    /// <inheritdoc/>
    public override bool GoesOn(RungJob job, ReadOnlySpan<CycleReading> readings)
    {
        switch (_predictor.Decide(job.Configuration, readings[^1], _incumbent))
        {
            case PhaseDecision.Stop stop:
                _stopped.Add(job.Configuration, stop.Evidence);
                return false;
            case PhaseDecision.AuditRun audit:
                _audited.TryAdd(job.Configuration, audit.Evidence);
                return true;
            default:
                return true;
        }
    }

    /// <inheritdoc/>
    public override void Ended(RungJob job, RecordedCycle cycle)
    {
        if (_audited.TryGetValue(job.Configuration, out PhaseEvidence? evidence))
        {
            FalseStops = FalseStops.Add(evidence.Incumbent, cycle.Final);
        }

        if (cycle.Final is { } final)
        {
            _completed.Add(new CycleCurve(job.Configuration, cycle.Readings));
            _predictor = new SamePhasePredictor(settings, peak, _completed);
            _incumbent = Math.Max(_incumbent ?? 0, final);
        }
    }
}
