using System.Collections.Concurrent;
using Sweeper.Contracts.Pages;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Silo.Page.Serving;

/// <summary>Analyses of sweeps: they take a second or two, so one is made for all who ask, and again only when trials have ended since.</summary>
/// <param name="grains">Reaches the grains.</param>
/// <param name="clock">Time.</param>
internal sealed class AnalysisCache(IGrainFactory grains, TimeProvider clock)
{
    /// <summary>Time that an analysis of a sweep on its way is good for, whatever has ended since.</summary>
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(10);

    private const int Most = 50;

    private readonly ConcurrentDictionary<string, Made> _made = new();

    /// <summary>The analysis of a sweep.</summary>
    /// <exception cref="Contracts.Errors.SweepNotFoundException">There is no such sweep.</exception>
    public async Task<AnalysisPage> OfAsync(string sweep)
    {
        SweepView view = await grains.GetGrain<ISweepGrain>(sweep).GetAsync();
        if (!_made.TryGetValue(sweep, out Made? made) || made.IsOld(view, clock.GetUtcNow()))
        {
            while (_made.Count >= Most)
            {
                _made.TryRemove(_made.MinBy(pair => pair.Value.At).Key, out _);
            }

            made = new Made(view.Counts.Ended, view.Sequence, clock.GetUtcNow(), AnalyseAsync(sweep, view.Counts.Ended));
            _made[sweep] = made;
        }

        return await made.Analysis;
    }

    private async Task<AnalysisPage> AnalyseAsync(string sweep, int ended) =>
        new(await grains.GetGrain<IResultsGrain>(0).AnalyseAsync(sweep), ended);

    private sealed record Made(int Ended, long Sequence, DateTimeOffset At, Task<AnalysisPage> Analysis)
    {
        public bool IsOld(SweepView view, DateTimeOffset now) =>
            Analysis.IsFaulted || view.Sequence < Sequence || (view.Counts.Ended != Ended && (now - At > GoodFor || view.Status != SweepStatus.Running));
    }
}
