using Sweeper.Tests.Unit;
using Sweeper.Tests.Unit.Planning.Stopping.Replaying;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// What xunit would generate, with two more doors: the study of docs/early-stopping.md, and how its recordings are made.
return args switch
{
    [StoppingStudy.Verb, .. string[] replays] => StoppingStudy.Run(replays),
    [RecordingWriter.Verb, .. string[] exports] => RecordingWriter.Run(exports),
    _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
        await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await ConsoleRunner.Run(args),
};
