using System.Globalization;
using Sweeper.Tests.Benchmarks;
using Sweeper.Tests.Benchmarks.Gaps;
using Sweeper.Tests.Benchmarks.Orchestration;
using Sweeper.Tests.Benchmarks.Shapes;
using Sweeper.Tests.Benchmarks.Streaming;
using Sweeper.Tests.Benchmarks.Throughput;

// Parts run their cases as processes of their own, through doors of their own.
return args switch
{
    _ when Environment.GetEnvironmentVariable(MeasuredSilo.Variable) is { Length: > 0 } folder => await MeasuredSilo.RunAsync(folder, args),
    [NoOpCase.Verb, string store, string kind, string trials, string workers, string sweeps] => await NoOpCase.RunAsync(
        store, kind, int.Parse(trials, CultureInfo.InvariantCulture), int.Parse(workers, CultureInfo.InvariantCulture), int.Parse(sweeps, CultureInfo.InvariantCulture)),
    [ContenderHost.Verb, string kind, string model, string batch, string threads] => ContenderHost.Run(kind, model, batch, threads),
    [Arithmetic.Verb, string threads] => Arithmetic.Print(threads),
    [ShapesPart.Verb, string shape] => await ShapesPart.RunOneAsync(shape),
    [StreamingCase.Verb, string folder, string home, string how] => StreamingCase.Run(folder, home, how),
    _ => await Suite.RunAsync(args),
};
