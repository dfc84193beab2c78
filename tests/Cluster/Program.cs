using Sweeper.Tests.Cluster;
using Sweeper.Tests.Cluster.Store;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// What xunit would generate, with one more door: a test starts this program again as the process that it kills.
return args switch
{
    [StoreWriterProcess.Verb, string path] => await StoreWriterProcess.RunAsync(path),
    _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
        await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await ConsoleRunner.Run(args),
};
