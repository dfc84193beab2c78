using Sweeper.Training.Data.Downloads;
using Sweeper.Training.Data.Sets;
using Sweeper.Training.Data.Shards;

namespace Sweeper.Training.Data;

/// <summary>Checks a set on this machine from the first byte to the last.</summary>
internal static class DataSetVerifier
{
    /// <summary>Checksums of its files, then a full read.</summary>
    public static DataVerification Verify(DataSetDefinition definition, DataOptions options, DataLocations locations, ReadContext context)
    {
        FoundSet? found = null;
        List<FileVerification> files = [];
        try
        {
            found = DataSetFinder.Find(definition, options, locations);
            if (found is null)
            {
                return new DataVerification(definition.Name, null, [], $"not found in {string.Join(", ", DataSetFinder.Places(definition, locations))}", null);
            }

            KnownFile[] known = [.. definition.Source?.Files ?? [], .. definition.Copies];
            files.AddRange(found.Files.Select(path => Recognise(path, known, context)));
            if (options.Streaming)
            {
                using ImageData data = StreamedFolder.Load(found.Place, options, locations, context);
                VerifiedContent streamed = new(data.Shape, data.Classes.Count, data.TrainCount, data.TestCount, data.ContentHash, data.Origin);
                return new DataVerification(definition.Name, found.Place, files, null, streamed);
            }

            RawImages raw = found.Read(context);
            VerifiedContent content = new(raw.Shape, raw.Classes.Count, raw.Train.Count, raw.Test.Count, raw.Hash(), raw.Origin);
            return new DataVerification(definition.Name, found.Place, files, null, content);
        }
        catch (DataSetException failure)
        {
            return new DataVerification(definition.Name, found?.Place, files, failure.Message, null);
        }
    }

    private static FileVerification Recognise(string path, IReadOnlyList<KnownFile> known, ReadContext context)
    {
        try
        {
            (string md5, string sha256, long bytes) = FileChecksum.Of(path, context);
            KnownFile? match = known.FirstOrDefault(file => file.Checksum == md5 || file.Checksum == sha256);
            FileRecognition recognition = match switch
            {
                null => FileRecognition.Unrecognised,
                { Copy: null } => FileRecognition.Official,
                _ => FileRecognition.KnownCopy,
            };
            return new FileVerification(path, bytes, sha256, recognition, match?.Copy);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DataSetException($"{path}: cannot be read ({failure.Message}). Check the file and its permissions.", failure);
        }
    }
}
