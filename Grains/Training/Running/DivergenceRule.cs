namespace Sweeper.Training.Running;

/// <summary>
/// When a loss counts as diverged: at once where it is not a number or infinite, and where its moving average stays
/// above max(<see cref="TimesBest"/> · its best, <see cref="Data.LearningTask.LossOfGuessing"/> + <see cref="Margin"/>) for <see cref="Patience"/> steps in
/// a row. The middle one is the loss of a network that knows nothing, so a spell near chance, which 1cycle runs at high
/// rates recover from, never counts. The rule is ours; the factor is that of fastai's <c>lr_find</c>.
/// </summary>
public sealed record DivergenceRule
{
    /// <summary>Factor on the best moving average so far; greater than 1.</summary>
    public double TimesBest { get; init; } = 4;

    /// <summary>What is added to the loss of a network that knows nothing; at least 0.</summary>
    public double Margin { get; init; } = 2;

    /// <summary>Steps in a row that the average must stay above the bound; at least 1.</summary>
    public int Patience { get; init; } = 50;

    /// <summary>Every reason why the rule cannot be used; empty: it can. Pure.</summary>
    public IReadOnlyList<string> Check()
    {
        List<string> problems = [];
        if (!(TimesBest > 1))
        {
            problems.Add(FormattableString.Invariant($"the divergence factor is {TimesBest}; it must be greater than 1"));
        }

        if (!(Margin >= 0))
        {
            problems.Add(FormattableString.Invariant($"the divergence margin is {Margin}; it must be at least 0"));
        }

        if (Patience < 1)
        {
            problems.Add(FormattableString.Invariant($"the divergence patience is {Patience}; it must be at least 1"));
        }

        return problems;
    }
}
