using System.Collections.Immutable;
using System.Text.Json;

namespace Sweeper.Training.Saving;

/// <summary>The JSON header of a safetensors file: for each tensor its type, its shape and where its values stand.</summary>
internal static class SafetensorsHeader
{
    private const string MetadataKey = "__metadata__";
    private const int Alignment = 8;

    /// <summary>The header, filled with spaces so that the values begin at a multiple of eight bytes.</summary>
    public static byte[] Write(SafetensorsFile file)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            if (!file.Metadata.IsEmpty)
            {
                json.WriteStartObject(MetadataKey);
                foreach ((string key, string text) in file.Metadata)
                {
                    json.WriteString(key, text);
                }

                json.WriteEndObject();
            }

            long begin = 0;
            foreach (SafetensorsEntry tensor in file.Tensors)
            {
                WriteTensor(json, tensor, begin);
                begin += tensor.Data.Length;
            }

            json.WriteEndObject();
        }

        while (stream.Length % Alignment != 0)
        {
            stream.WriteByte((byte)' ');
        }

        return stream.ToArray();
    }

    /// <summary>Reads the header and cuts the tensors out of the values.</summary>
    /// <exception cref="InvalidDataException">The two do not fit together.</exception>
    public static SafetensorsFile Read(ReadOnlyMemory<byte> header, ReadOnlyMemory<byte> data)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false });
            ImmutableSortedDictionary<string, string> metadata = ImmutableSortedDictionary<string, string>.Empty;
            List<(long Begin, long End, SafetensorsEntry Tensor)> found = [];
            foreach (JsonProperty property in json.RootElement.EnumerateObject())
            {
                if (property.NameEquals(MetadataKey))
                {
                    metadata = property.Value.EnumerateObject().ToImmutableSortedDictionary(entry => entry.Name, entry => Text(entry.Value, MetadataKey));
                }
                else
                {
                    found.Add(ReadTensor(property, data));
                }
            }

            return new SafetensorsFile(InOrder(found, data.Length), metadata);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException($"its header is not as the format has it: {error.Message}", error);
        }
    }

    private static void WriteTensor(Utf8JsonWriter json, SafetensorsEntry tensor, long begin)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.Type);
        json.WriteStartArray("shape");
        foreach (long length in tensor.Shape)
        {
            json.WriteNumberValue(length);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(begin + tensor.Data.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static (long Begin, long End, SafetensorsEntry Tensor) ReadTensor(JsonProperty property, ReadOnlyMemory<byte> data)
    {
        string name = property.Name;
        string type = Text(property.Value.GetProperty("dtype"), name);
        if (SafetensorsEntry.BytesOf(type) is not { } size)
        {
            throw new InvalidDataException($"tensor {name} is of type {type}; only {SafetensorsEntry.Float32} and {SafetensorsEntry.Int64} are read here");
        }

        ImmutableArray<long> shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(length => length.GetInt64())];
        long[] offsets = [.. property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        if (offsets is not [long begin, long end] || begin < 0 || end < begin || end > data.Length)
        {
            throw new InvalidDataException($"tensor {name} is said to stand at bytes {string.Join(" to ", offsets)} of {data.Length}");
        }

        Int128 bytes = size;
        foreach (long length in shape)
        {
            bytes = length >= 0 && bytes <= data.Length
                ? bytes * length
                : throw new InvalidDataException($"tensor {name} is said to be of shape [{string.Join(", ", shape)}]");
        }

        return bytes == end - begin
            ? (begin, end, new SafetensorsEntry(name, shape, data[(int)begin..(int)end], type))
            : throw new InvalidDataException($"tensor {name} of shape [{string.Join(", ", shape)}] takes {bytes} bytes, it has {end - begin}");
    }

    /// <summary>Tensors by where they stand: one after the other, with neither an overlap nor a gap.</summary>
    private static ImmutableArray<SafetensorsEntry> InOrder(List<(long Begin, long End, SafetensorsEntry Tensor)> found, int length)
    {
        (long Begin, long End, SafetensorsEntry Tensor)[] ordered = [.. found.OrderBy(part => part.Begin).ThenBy(part => part.End)];
        long expected = 0;
        foreach ((long begin, long end, SafetensorsEntry tensor) in ordered)
        {
            if (begin != expected)
            {
                throw new InvalidDataException($"tensor {tensor.Name} begins at byte {begin}, the one before it ends at {expected}");
            }

            expected = end;
        }

        return expected == length
            ? [.. ordered.Select(part => part.Tensor)]
            : throw new InvalidDataException($"its tensors end at byte {expected}, its values at {length}");
    }

    private static string Text(JsonElement element, string of) => element.ValueKind == JsonValueKind.String
        ? element.GetString()!
        : throw new InvalidDataException($"a text of {of} is {element.ValueKind}");
}
