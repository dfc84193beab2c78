using Sweeper.Client.Connecting;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Workers;

namespace Sweeper.Client.Saving;

/// <summary>Brings the network that a trial left on its worker's node.</summary>
internal static class ModelDownload
{
    /// <summary>The whole file of its weights.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="key">The trial.</param>
    /// <param name="worker">Worker that it ended on.</param>
    /// <param name="stop">Ctrl-C.</param>
    /// <exception cref="CliException">It is not there.</exception>
    public static async Task<SafetensorsContent> ReadAsync(ClusterConnection connection, JobKey key, string worker, CancellationToken stop) =>
        new(await ReadAsync(connection, key, worker, (grain, offset) => grain.ReadModelAsync(key, offset), stop));

    /// <summary>The whole TorchScript file.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="key">The trial; its model is a TorchScript file.</param>
    /// <param name="worker">Worker that it ended on.</param>
    /// <param name="stop">Ctrl-C.</param>
    /// <exception cref="CliException">It is not there.</exception>
    public static Task<byte[]> ReadScriptAsync(ClusterConnection connection, JobKey key, string worker, CancellationToken stop) =>
        ReadAsync(connection, key, worker, (grain, offset) => grain.ReadScriptAsync(key, offset), stop);

    private static async Task<byte[]> ReadAsync(
        ClusterConnection connection, JobKey key, string worker, Func<IGpuWorkerGrain, long, Task<ModelPart?>> read, CancellationToken stop)
    {
        using var file = new MemoryStream();
        while (true)
        {
            long offset = file.Length;
            ModelPart part = await connection.FetchAsync(client => read(client.GetGrain<IGpuWorkerGrain>(worker), offset), stop)
                ?? throw new CliException(ExitCode.Failed, $"The weights of {key} are not on {worker} any more. `sweeper delete {key.Sweep} --yes`, then run the same command again: it trains them anew.");
            await file.WriteAsync(part.Bytes, stop);
            if (file.Length >= part.Length || part.Bytes.Length == 0)
            {
                return file.ToArray();
            }
        }
    }
}
