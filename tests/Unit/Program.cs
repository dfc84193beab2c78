using Sweeper.Tests.Unit;
using Sweeper.Tests.Unit.Planning.Samplers;
using Sweeper.Tests.Unit.Planning.Stopping.Replaying;
using Sweeper.Tests.Unit.Training.RangeTests.Verdicts;
using Sweeper.Tests.Unit.Workers.Sharing;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// What xunit would generate, with more doors: the study of docs/early-stopping.md, how its recordings are made, that of
// docs/super-convergence.md, those of docs/warm-start.md and docs/sharing.md, and our side of tests/Comparisons/optuna.
return args switch
{
    [StoppingStudy.Verb, .. string[] replays] => StoppingStudy.Run(replays),
    [RecordingWriter.Verb, .. string[] exports] => RecordingWriter.Run(exports),
    [VerdictStudy.Verb] => VerdictStudy.Run(),
    [SamplerRegrets.Verb, string seeds, string trials, string kinds] => SamplerRegrets.Run(seeds, trials, kinds),
    [WarmStartStudy.Verb] => WarmStartStudy.Run(),
    [SharingStudy.Verb] => SharingStudy.Run(),
    _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
        await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await ConsoleRunner.Run(args),
};
