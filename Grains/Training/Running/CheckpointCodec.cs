using System.Collections.Immutable;
using Sweeper.Training.Data;

namespace Sweeper.Training.Running;

/// <summary>A checkpoint as bytes, little-endian, in the order of the lines below; both directions side by side.</summary>
internal static class CheckpointCodec
{
    /// <summary>Set beside the kind of images where a reading goes on class by class; checkpoints of earlier versions have none.</summary>
    private const byte ByClass = 0x80;

    /// <summary>Set where it goes on with errors of predicted numbers.</summary>
    private const byte ByError = 0x40;

    /// <summary>Set where it goes on with metrics of the user's own.</summary>
    private const byte ByOwn = 0x20;

    /// <summary>Bytes of a checkpoint.</summary>
    public static ReadOnlyMemory<byte> Encode(Checkpoint checkpoint)
    {
        using MemoryStream stream = new(checkpoint.Session.Parameters.Length);
        long length;
        using (BinaryWriter writer = new(stream))
        {
            writer.Write(checkpoint.Fingerprint);
            writer.Write(checkpoint.Step);
            writer.Write(checkpoint.WallTime.Ticks);
            writer.Write(checkpoint.TrainingTime.Ticks);
            writer.Write(checkpoint.Monitor.Smoothed.Sum);
            writer.Write(checkpoint.Monitor.Smoothed.Count);
            writer.Write(checkpoint.Monitor.Best);
            writer.Write(checkpoint.Monitor.StepsAbove);
            writer.Write(checkpoint.PendingLosses.Sum);
            writer.Write(checkpoint.PendingLosses.Count);
            WriteAll(writer, checkpoint.Curve, WritePoint);
            WriteAll(writer, checkpoint.Evaluations, WriteReading);
            SessionState session = checkpoint.Session;
            WriteBytes(writer, session.Parameters);
            WriteAll(writer, session.Optimiser, WriteBytes);
            writer.Write(session.OptimiserSteps);
            WriteAll(writer, session.Buffers, WriteBytes);
            WriteBytes(writer, session.Dropout);
            writer.Write(session.Batches.Epoch);
            writer.Write(session.Batches.Step);
            WriteBytes(writer, session.Batches.OrderState);
            WriteBytes(writer, session.Batches.AugmentationState);
            writer.Flush();
            length = stream.Length;
        }

        return stream.GetBuffer().AsMemory(0, checked((int)length)); // large: not copied once more
    }

    /// <summary>The checkpoint in <paramref name="bytes"/> from <paramref name="offset"/> on.</summary>
    /// <exception cref="EndOfStreamException">The bytes end early.</exception>
    /// <exception cref="InvalidDataException">A length is negative or there is something left.</exception>
    public static Checkpoint Decode(byte[] bytes, int offset)
    {
        using MemoryStream stream = new(bytes, offset, bytes.Length - offset, writable: false);
        using BinaryReader reader = new(stream);
        Checkpoint checkpoint = new()
        {
            Fingerprint = reader.ReadString(),
            Step = reader.ReadInt32(),
            WallTime = new TimeSpan(reader.ReadInt64()),
            TrainingTime = new TimeSpan(reader.ReadInt64()),
            Monitor = new(new(reader.ReadDouble(), reader.ReadInt32()), reader.ReadDouble(), reader.ReadInt32()),
            PendingLosses = (reader.ReadDouble(), reader.ReadInt32()),
            Curve = ReadAll(reader, ReadPoint),
            Evaluations = ReadAll(reader, ReadReading),
            Session = new(
                ReadBytes(reader),
                ReadAll(reader, ReadBytes),
                reader.ReadInt32(),
                ReadAll(reader, ReadBytes),
                ReadBytes(reader),
                new BatchSourceState(reader.ReadInt32(), reader.ReadInt32(), ReadBytes(reader), ReadBytes(reader))),
        };
        return stream.Position == stream.Length ? checkpoint : throw new InvalidDataException("there is more in it than expected");
    }

    private static void WritePoint(BinaryWriter writer, CurvePoint point)
    {
        writer.Write(point.Step);
        writer.Write(point.LearningRate);
        writer.Write(point.Momentum);
        writer.Write(point.TrainLoss);
        writer.Write(point.SmoothedLoss);
    }

    private static CurvePoint ReadPoint(BinaryReader reader) =>
        new(reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());

    private static void WriteReading(BinaryWriter writer, EvaluationReading reading)
    {
        writer.Write(reading.Step);
        writer.Write((byte)((byte)reading.Images | (reading.Classes is null ? 0 : ByClass) | (reading.Errors is null ? 0 : ByError) | (reading.Own.IsEmpty ? 0 : ByOwn)));
        writer.Write(reading.Loss);
        writer.Write(reading.Accuracy);
        if (reading.Classes is { } classes)
        {
            writer.Write(classes.Top5Accuracy ?? double.NaN);
            writer.Write(classes.BalancedAccuracy);
            writer.Write(classes.MacroF1);
        }

        if (reading.Errors is { } errors)
        {
            writer.Write(errors.RootMeanSquare);
            writer.Write(errors.MeanAbsolute);
        }

        if (!reading.Own.IsEmpty)
        {
            WriteAll(writer, reading.Own, WriteOwn);
        }
    }

    private static EvaluationReading ReadReading(BinaryReader reader)
    {
        (int step, byte kind) = (reader.ReadInt32(), reader.ReadByte());
        EvaluationReading reading = new(step, (EvaluationImages)(kind & ~(ByClass | ByError | ByOwn)), reader.ReadDouble(), reader.ReadDouble());
        reading = (kind & ByClass) == 0 ? reading : reading with { Classes = ReadClasses(reader) };
        reading = (kind & ByError) == 0 ? reading : reading with { Errors = new ErrorReading(reader.ReadDouble(), reader.ReadDouble()) };
        return (kind & ByOwn) == 0 ? reading : reading with { Own = ReadAll(reader, ReadOwn) };
    }

    private static void WriteOwn(BinaryWriter writer, OwnReading reading)
    {
        writer.Write(reading.Name);
        writer.Write(reading.Value);
    }

    private static OwnReading ReadOwn(BinaryReader reader) => new(reader.ReadString(), reader.ReadDouble());

    private static ClassReading ReadClasses(BinaryReader reader)
    {
        double top = reader.ReadDouble();
        return new ClassReading(double.IsNaN(top) ? null : top, reader.ReadDouble(), reader.ReadDouble());
    }

    private static void WriteBytes(BinaryWriter writer, byte[] bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private static byte[] ReadBytes(BinaryReader reader)
    {
        int length = ReadLength(reader);
        byte[] bytes = reader.ReadBytes(length);
        return bytes.Length == length ? bytes : throw new EndOfStreamException("it ends early");
    }

    private static void WriteAll<T>(BinaryWriter writer, ImmutableArray<T> items, Action<BinaryWriter, T> write)
    {
        writer.Write(items.Length);
        foreach (T item in items)
        {
            write(writer, item);
        }
    }

    private static ImmutableArray<T> ReadAll<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        int length = ReadLength(reader);
        ImmutableArray<T>.Builder items = ImmutableArray.CreateBuilder<T>();
        for (int i = 0; i < length; i++)
        {
            items.Add(read(reader));
        }

        return items.ToImmutable();
    }

    private static int ReadLength(BinaryReader reader)
    {
        int length = reader.ReadInt32();
        return length >= 0 && length <= reader.BaseStream.Length ? length : throw new InvalidDataException($"a length in it is {length}");
    }
}
