namespace Sweeper.Training.Data.Formats;

/// <summary>Reads one binary CIFAR file to the last byte.</summary>
internal static class CifarFile
{
    /// <summary>The whole file; its length is checked, its labels too.</summary>
    /// <param name="file">What messages call it.</param>
    /// <param name="stream">Its content.</param>
    /// <param name="layout">What it should look like.</param>
    /// <param name="records">Records it should have.</param>
    /// <param name="classes">Number of classes.</param>
    public static RawPart Read(DataFile file, Stream stream, CifarLayout layout, int records, int classes)
    {
        byte[] content = new byte[(long)records * layout.RecordBytes];
        int read = file.Read(stream, content);
        if (read < content.Length)
        {
            throw file.Bad(read, $"the file ends after {read / layout.RecordBytes} of {records} records ({content.Length} bytes)");
        }

        if (file.Read(stream, new byte[1]) != 0)
        {
            throw file.Bad(content.Length, $"the file goes on after {records} records of {layout.RecordBytes} bytes");
        }

        int area = CifarLayout.Shape.Values;
        byte[] pixels = new byte[(long)records * area];
        int[] labels = new int[records];
        for (int i = 0; i < records; i++)
        {
            ReadOnlySpan<byte> record = content.AsSpan(i * layout.RecordBytes, layout.RecordBytes);
            labels[i] = record[layout.LabelBytes - 1];
            if (labels[i] >= classes)
            {
                throw file.Bad(((long)i * layout.RecordBytes) + layout.LabelBytes - 1, $"label {labels[i]} of record {i}; classes are 0 to {classes - 1}");
            }

            record[layout.LabelBytes..].CopyTo(pixels.AsSpan(i * area));
        }

        return new RawPart(pixels, labels);
    }
}
