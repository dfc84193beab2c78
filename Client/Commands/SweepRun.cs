using Sweeper.Client.Connecting;
using Sweeper.Client.Following;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Commands;

/// <summary>Submits a spec and follows it to its end: the work of <c>run</c>, <c>train</c>, <c>range-test</c> and <c>verify-resume</c>.</summary>
/// <param name="call">The command.</param>
/// <param name="output">Form of the report.</param>
/// <param name="keep">Whether a silo that is started outlives the console.</param>
internal sealed class SweepRun(CommandCall call, OutputFormat output, bool keep)
{
    private static readonly TimeSpan PlainLinesEvery = TimeSpan.FromSeconds(10);

    /// <summary>Runs it.</summary>
    /// <returns>Exit code.</returns>
    public Task<int> RunAsync(SweepSpec spec, CancellationToken stop)
    {
        ISweepDisplay display = Display(call, output);
        return new SweepSession(call, display, keep).RunAsync(
            async connection =>
            {
                TimePrediction time = await PredictedTime.FetchAsync(connection, spec, stop);
                SubmitResult result = await ConsoleTrace.SubmitAsync(
                    spec, call.Options.Otlp(call.Parse), () => connection.RepeatAsync(client => client.GetGrain<ISweepGrain>(spec.Name).SubmitAsync(spec, by: ChangeVerb.By), stop));
                Announce(result, spec, display);
                PredictedTime.Say(time, result.Status, display);
                return spec;
            },
            (connection, known, last) => new SweepFinish(call, output).WriteAsync(connection, known, last, stop),
            stop);
    }

    /// <summary>The display that fits the terminal and the form of the report.</summary>
    public static ISweepDisplay Display(CommandCall call, OutputFormat output)
    {
        if (output == OutputFormat.Json)
        {
            return new PlainDisplay(call.Terminal.Error, PlainLinesEvery);
        }

        return call.Terminal.IsLive
            ? new LiveDisplay(call.Terminal)
            : new PlainDisplay(call.Terminal.Out.Profile.Out.Writer, PlainLinesEvery);
    }

    /// <summary>Says what became of a spec.</summary>
    /// <exception cref="CliException">It was refused.</exception>
    public static void Announce(SubmitResult result, SweepSpec spec, ISweepDisplay display)
    {
        switch (result.Status)
        {
            case SubmitStatus.Refused:
                throw CliException.Of($"The sweep '{spec.Name}' was not accepted", result.Problems);
            case SubmitStatus.Continued:
                display.Notice($"Going on with '{spec.Name}'; what has finished is not repeated.");
                break;
            case SubmitStatus.AlreadyEnded:
                display.Notice($"'{spec.Name}' has already ended with the same spec. Give it another name to run it anew, or `sweeper delete {spec.Name}`.");
                break;
            case SubmitStatus.Created:
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
