using Sweeper.Tests.Unit;
using Sweeper.Tests.Unit.Planning.Samplers;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// What xunit would generate, with one more door: our side of tests/Comparisons/optuna.
return args switch
{
    [SamplerRegrets.Verb, string seeds, string trials, string kinds] => SamplerRegrets.Run(seeds, trials, kinds),
    _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
        await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await ConsoleRunner.Run(args),
};
