using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Sweeper.Training.Models;
using Sweeper.Training.Running;

namespace Sweeper.Tests.Benchmarks.Throughput;

/// <summary>
/// The child's side of a contest: warms up, says how large its network is, and for every line "SECONDS" trains so long, two
/// steps at least, and answers with steps and times.
/// </summary>
internal static class ContenderHost
{
    /// <summary>First argument of such a child.</summary>
    public const string Verb = "train-steps";

    private const int WarmUp = 3;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static int Run(string kind, string model, string batch, string threads)
    {
        // On a thread of its own, as a slot's job is: native memory comes from another part of the heap there.
        var thread = new Thread(() => Serve(kind, model, batch, threads));
        thread.Start();
        thread.Join();
        return 0;
    }

    private static void Serve(string kind, string model, string batch, string threads)
    {
        var @case = new Case(model, Number(batch), Number(threads));
        using IContender contender = kind == Contest.Plain
            ? new PlainContender(@case)
            : new EngineContender(@case, kind == Contest.EngineLow ? Precision.BFloat16 : Precision.Full);
        for (int i = 0; i < WarmUp; i++)
        {
            contender.Step();
        }

        BenchmarkDevice.Wait();
        Console.WriteLine(JsonSerializer.Serialize(new Introduction(contender.Parameters, TorchRuntime.Versions), Json));
        while (Console.ReadLine() is { } line)
        {
            Console.WriteLine(JsonSerializer.Serialize(Time(contender, double.Parse(line, CultureInfo.InvariantCulture)), Json));
        }
    }

    private static Stint Time(IContender contender, double seconds)
    {
        using var process = Process.GetCurrentProcess();
        TimeSpan processor = process.TotalProcessorTime;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        int steps = 0;
        while (steps < 2 || clock.Elapsed.TotalSeconds < seconds)
        {
            contender.Step();
            steps++;
        }

        BenchmarkDevice.Wait();
        double taken = clock.Elapsed.TotalSeconds;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        process.Refresh();
        return new Stint(steps, taken, (process.TotalProcessorTime - processor).TotalSeconds, allocated);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>What a contender says of itself when it is ready.</summary>
/// <param name="Parameters">Trained values.</param>
/// <param name="Version">Libraries.</param>
internal sealed record Introduction(long Parameters, string Version);

/// <summary>What a contender did when it was its turn.</summary>
/// <param name="Steps">Steps taken.</param>
/// <param name="Seconds">Wall time.</param>
/// <param name="Processor">Processor time of all its threads, seconds.</param>
/// <param name="Allocated">Managed bytes allocated by the thread that trains; 0 where there is no such thing.</param>
internal sealed record Stint(int Steps, double Seconds, double Processor, long Allocated);
