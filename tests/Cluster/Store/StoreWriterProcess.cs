using System.Globalization;
using Sweeper.Grains.Store;

namespace Sweeper.Tests.Cluster.Store;

/// <summary>A process that appends one event after another and says each number once it is durable, until it is killed.</summary>
internal static class StoreWriterProcess
{
    public const string Verb = "store-writer";
    public const string Sweep = "killed";

    public static async Task<int> RunAsync(string path)
    {
        await using ISweepStore store = SweepStores.Open(new StoreOptions.Sqlite(path));
        await store.OpenAsync(CancellationToken.None);
        long sequence = (await store.ReadEventsAsync(Sweep, CancellationToken.None))?.Events.Length ?? 0;
        if (sequence == 0)
        {
            await store.AppendAsync(Samples.First(Sweep), CancellationToken.None);
            sequence = 1;
        }

        while (true)
        {
            sequence++;
            int trial = (int)sequence;
            await store.AppendAsync(Samples.Next(Sweep, sequence, "x", Samples.Trial(trial)), CancellationToken.None);
            await Console.Out.WriteLineAsync(sequence.ToString(CultureInfo.InvariantCulture));
            await Console.Out.FlushAsync();
        }
    }
}
