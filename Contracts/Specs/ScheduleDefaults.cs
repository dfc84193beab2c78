namespace Sweeper.Contracts.Specs;

/// <summary>Defaults of each schedule, as its reference implementation has them.</summary>
public static class ScheduleDefaults
{
    private static readonly ScheduleSpec FastaiOneCycle = new(
        ScheduleType.Fastai,
        PeakAt: 0.25,
        StartDiv: 25,
        FinalDiv: 1e5,
        Cycle: 0.9,
        AnnealShape.Cosine,
        MomentumHigh: 0.95,
        MomentumLow: 0.85,
        Milestones: [0.5, 0.75],
        Factor: 0.1,
        Cycles: 1);

    /// <summary>The schedule with nothing said but its type. Settings that the type ignores have the values of <see cref="ScheduleType.Fastai"/>.</summary>
    public static ScheduleSpec Of(ScheduleType type) => type switch
    {
        // fastai callback/schedule.py, fit_one_cycle.
        ScheduleType.Fastai => FastaiOneCycle,

        // Logs of hyperParam1 (arXiv:1803.09820): base max/10, cycle 86-97 % of the run, tail at base/1000.
        ScheduleType.Smith => FastaiOneCycle with { Type = type, StartDiv = 10, FinalDiv = 1000 },

        // torch.optim.lr_scheduler.OneCycleLR.
        ScheduleType.PyTorch or ScheduleType.PyTorchThreePhase =>
            FastaiOneCycle with { Type = type, PeakAt = 0.3, FinalDiv = 1e4 },

        // Solver of arXiv:1708.07120, figure 1a: 0.1 to 3.0 and back, momentum 0.9 throughout.
        ScheduleType.Triangular =>
            FastaiOneCycle with { Type = type, StartDiv = 30, MomentumHigh = 0.9, MomentumLow = 0.9 },

        ScheduleType.Constant or ScheduleType.Step =>
            FastaiOneCycle with { Type = type, MomentumHigh = 0.9, MomentumLow = 0.9 },

        // A type that no list names is reported by the validator; until then it has some defaults.
        _ => FastaiOneCycle with { Type = type },
    };
}
