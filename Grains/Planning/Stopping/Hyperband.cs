using System.Collections.Immutable;

namespace Sweeper.Grains.Planning.Stopping;

/// <summary>
/// Hyperband (Li et al., JMLR 2018, arXiv:1603.06560) in its stopping form, for trials at a constant learning rate: brackets
/// of <see cref="Asha"/> that start to compare later and later, down to one that never does. Trials are dealt to the brackets
/// in the proportion of the paper's algorithm 1.
/// </summary>
/// <param name="Eta">Factor between rungs; at least 2.</param>
/// <param name="ShortestFraction">Fraction of the run at the first rung of the most aggressive bracket; in (0, 1].</param>
internal sealed record Hyperband(int Eta = 3, double ShortestFraction = 1.0 / 9)
{
    /// <summary>The paper's s_max.</summary>
    private int MostHalvings => (int)Math.Floor(Math.Log(1 / ShortestFraction, Eta) + 1e-9);

    /// <summary>Brackets, most aggressive first; the last one compares nobody.</summary>
    public ImmutableArray<HyperbandBracket> Brackets =>
    [
        .. from left in Enumerable.Range(0, MostHalvings + 1)
           let halvings = MostHalvings - left
           let trials = (int)Math.Ceiling((MostHalvings + 1.0) / (halvings + 1) * Math.Pow(Eta, halvings))
           select new HyperbandBracket(halvings, trials, new Asha(Eta, Math.Pow(Eta, -halvings))),
    ];

    /// <summary>Bracket of a trial: dealt in turn, so that any stretch of trials has them in proportion.</summary>
    /// <param name="trial">Number of the trial, from 1.</param>
    public HyperbandBracket BracketOf(int trial)
    {
        ImmutableArray<HyperbandBracket> brackets = Brackets;
        int place = (trial - 1) % brackets.Sum(bracket => bracket.Trials);
        int[] dealt = new int[brackets.Length];
        for (int next = 0; ; next++)
        {
            // The bracket that is furthest behind its share.
            int behind = Enumerable.Range(0, brackets.Length).MinBy(index => (dealt[index] + 0.5) / brackets[index].Trials);
            if (next == place)
            {
                return brackets[behind];
            }

            dealt[behind]++;
        }
    }
}

/// <summary>One bracket of Hyperband.</summary>
/// <param name="Halvings">The paper's s: how often its trials are halved.</param>
/// <param name="Trials">Trials of one pass of the algorithm.</param>
/// <param name="Rule">Rule at its rungs.</param>
internal sealed record HyperbandBracket(int Halvings, int Trials, Asha Rule);
