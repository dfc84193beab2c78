namespace Sweeper.Training.Data.Formats;

/// <summary>Reads one binary CIFAR file to the last byte.</summary>
internal static class CifarFile
{
    /// <summary>The whole file; its length is checked, its labels too.</summary>
    /// <param name="file">What messages call it.</param>
    /// <param name="stream">Its content.</param>
    /// <param name="layout">What it should look like.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="pixels">Receives the pixels of all records.</param>
    /// <param name="labels">Receives the labels, one for each record that the file should have.</param>
    public static void Read(DataFile file, Stream stream, CifarLayout layout, int classes, Span<byte> pixels, Span<int> labels)
    {
        int area = CifarLayout.Shape.Values;
        Span<byte> label = stackalloc byte[layout.LabelBytes];
        for (int i = 0; i < labels.Length; i++)
        {
            long offset = (long)i * layout.RecordBytes;
            int read = file.Read(stream, label);
            read += read < label.Length ? 0 : file.Read(stream, pixels.Slice(i * area, area));
            if (read < layout.RecordBytes)
            {
                throw file.Bad(offset + read, $"the file ends after {i} of {labels.Length} records ({(long)labels.Length * layout.RecordBytes} bytes)");
            }

            labels[i] = label[^1];
            if (labels[i] >= classes)
            {
                throw file.Bad(offset + layout.LabelBytes - 1, $"label {labels[i]} of record {i}; classes are 0 to {classes - 1}");
            }
        }

        if (file.Read(stream, label[..1]) != 0)
        {
            throw file.Bad((long)labels.Length * layout.RecordBytes, $"the file goes on after {labels.Length} records of {layout.RecordBytes} bytes");
        }
    }
}
