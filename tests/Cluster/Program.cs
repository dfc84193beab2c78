using Sweeper.Tests.Cluster;
using Sweeper.Tests.Cluster.Store;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// What xunit would generate, with two more doors: a test starts this program again as the process that it kills, and the store's benchmark.
return args switch
{
    [StoreWriterProcess.Verb, string path] => await StoreWriterProcess.RunAsync(path),
    [StoreBenchmark.Verb, string folder] => await StoreBenchmark.RunAsync(folder),
    _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
        await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await ConsoleRunner.Run(args),
};
