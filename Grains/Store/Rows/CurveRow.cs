using System.IO.Compression;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Grains.Store.Rows;

/// <summary>Curves of a job as they are stored: JSON in columns, gzipped.</summary>
/// <param name="Job">Which job.</param>
/// <param name="Attempt">Attempt that recorded them.</param>
/// <param name="Points">Points of the training curve.</param>
/// <param name="Data">The curves.</param>
internal sealed record CurveRow(JobKey Job, int Attempt, int Points, byte[] Data)
{
    /// <summary>Packs curves.</summary>
    public static CurveRow Of(StoredCurves stored)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(StoreJson.Of(stored.Curves));
        }

        return new CurveRow(stored.Job, stored.Attempt, stored.Curves.Step.Length, packed.ToArray());
    }

    /// <summary>Unpacks curves.</summary>
    public static JobCurves Unpack(byte[] data)
    {
        using var gzip = new GZipStream(new MemoryStream(data), CompressionMode.Decompress);
        return StoreJson.Read<JobCurves>(gzip);
    }
}
