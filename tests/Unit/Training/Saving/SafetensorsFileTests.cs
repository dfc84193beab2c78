using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Sweeper.Training.Saving;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Saving;

/// <summary>The safetensors format: what is written is read again, and nothing is read from a file that is not whole.</summary>
public sealed class SafetensorsFileTests
{
    private static readonly SafetensorsFile Two = new(
        [
            new SafetensorsEntry("b.weight", [2, 3], Floats(1, 2, 3, 4, 5, 6)),
            new SafetensorsEntry("a.bias", [2], Floats(float.NaN, -0.0f)),
            new SafetensorsEntry("scalar", [], Floats(7)),
            new SafetensorsEntry("none", [0, 4], Floats()),
        ],
        ImmutableSortedDictionary<string, string>.Empty.Add("format", "pt").Add("who", "\"quoted\" \u00e9"));

    [Fact]
    public void Read_WhatWasWritten_GivesTheSameTensorsInTheSameOrder()
    {
        SafetensorsFile read = SafetensorsFile.Read(Written(Two));

        Assert.Equal(Two.Metadata, read.Metadata);
        Assert.Equal(Two.Tensors.Select(tensor => tensor.Name), read.Tensors.Select(tensor => tensor.Name));
        Assert.All(Two.Tensors.Zip(read.Tensors), pair =>
        {
            Assert.Equal(pair.First.Shape, pair.Second.Shape);
            Assert.Equal(pair.First.Data.ToArray(), pair.Second.Data.ToArray());
        });
    }

    [Fact]
    public void Write_Values_BeginAtAMultipleOfEightBytes() =>
        Assert.Equal(0, (8 + BinaryPrimitives.ReadInt64LittleEndian(Written(Two))) % 8);

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, null)]
    [InlineData("""{"a":{"dtype":"F16","shape":[4],"data_offsets":[0,8]}}""", 8, "is of type F16")]
    [InlineData("""{"a":{"dtype":7,"shape":[2],"data_offsets":[0,8]}}""", 8, "text")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "takes 12 bytes, it has 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,16]}}""", 8, "bytes 0 to 16 of 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 8, "bytes -8 to 0 of 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "bytes 8 to 0 of 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", 8, "bytes 0 of 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 12, "end at byte 8, its values at 12")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "begins at byte 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "begins at byte 4, the one before it ends at 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", 16, "header is not as the format has it")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "shape [-2]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4611686018427387904],"data_offsets":[0,8]}}""", 8, "shape [4611686018427387904")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,8]}}""", 8, "header is not as the format has it")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", 8, "header is not as the format has it")]
    [InlineData("""{"a":5}""", 8, "header is not as the format has it")]
    [InlineData("""{"__metadata__":{"k":1}}""", 0, "a text of __metadata__")]
    [InlineData("[]", 0, "header is not as the format has it")]
    [InlineData("{", 0, "header is not as the format has it")]
    public void Read_HeaderAndValues_AreOnlyTakenWhereTheyFit(string header, int bytes, string? complaint)
    {
        byte[] file = File(header, header.Length, bytes);

        if (complaint is null)
        {
            Assert.Equal("a", Assert.Single(SafetensorsFile.Read(file).Tensors).Name);
        }
        else
        {
            Assert.Contains(complaint, Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(file)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1_000_000)]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    public void Read_HeaderSaidToBeLongerThanTheFile_IsRefused(long length) =>
        Assert.Contains("header is said to be", Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(File("{}", length, 0))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Read_FileShorterThanALength_IsRefused(int bytes) => Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(new byte[bytes]));

    [Fact]
    public void Read_FileCutOffAnywhere_IsRefused()
    {
        byte[] whole = Written(Two);

        Assert.All(Enumerable.Range(0, whole.Length), length => Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(whole.AsMemory(0, length))));
    }

    private static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private static byte[] Written(SafetensorsFile file)
    {
        using MemoryStream stream = new();
        file.Write(stream);
        return stream.ToArray();
    }

    private static byte[] File(string header, long length, int bytes) => [.. BitConverter.GetBytes(length), .. Encoding.UTF8.GetBytes(header), .. new byte[bytes]];
}
