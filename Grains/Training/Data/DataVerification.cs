using Sweeper.Training.Models;

namespace Sweeper.Training.Data;

/// <summary>What a full read of a set has shown.</summary>
/// <param name="Set">Name of the set.</param>
/// <param name="Location">Where it is; null: nowhere.</param>
/// <param name="Files">Its files and their checksums; empty where it has none.</param>
/// <param name="Problem">What is wrong and what to do; null: everything reads and fits together.</param>
/// <param name="Content">The arrays; null where there is a problem.</param>
public sealed record DataVerification(
    string Set,
    string? Location,
    IReadOnlyList<FileVerification> Files,
    string? Problem,
    VerifiedContent? Content);

/// <summary>What a set holds, as read.</summary>
/// <param name="Shape">Shape of the images.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="TrainCount">Training images.</param>
/// <param name="TestCount">Test images.</param>
/// <param name="ContentHash">SHA-256 of the arrays, as in <see cref="ImageData.ContentHash"/>.</param>
/// <param name="Origin">Where they came from; says so where a copy is not the official one.</param>
public sealed record VerifiedContent(ImageShape Shape, int Classes, int TrainCount, int TestCount, string ContentHash, string Origin);

/// <summary>One file of a set.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Sha256">SHA-256, hexadecimal.</param>
/// <param name="Recognition">Whether its checksum is known.</param>
/// <param name="Copy">Which copy it is where it is a known one that is not official; else null.</param>
public sealed record FileVerification(string Path, long Bytes, string Sha256, FileRecognition Recognition, string? Copy);

/// <summary>What a file's checksum says.</summary>
public enum FileRecognition
{
    /// <summary>No checksum is known for it: it is judged by its structure alone.</summary>
    Unrecognised,

    /// <summary>It is the file that the set's authors publish.</summary>
    Official,

    /// <summary>It is a known copy, not the official file.</summary>
    KnownCopy,
}
