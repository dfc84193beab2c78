using Sweeper.Training.Models;

namespace Sweeper.Training.Data;

/// <summary>What is known of a data set without reading it.</summary>
/// <param name="Name">Name in specs.</param>
/// <param name="Summary">What it is, in one line.</param>
/// <param name="Terms">Whose it is and on what terms.</param>
/// <param name="Shape">Shape of its images; null: it depends on the files.</param>
/// <param name="Classes">Number of classes; null: it depends on the files.</param>
/// <param name="TrainCount">Training images; null: it depends on the files.</param>
/// <param name="TestCount">Test images; null: it depends on the files.</param>
/// <param name="Location">Where it was found: a folder, an archive, <c>embedded</c> or <c>synthetic</c>; null: nowhere yet.</param>
/// <param name="DownloadBytes">Size of the download; null: it cannot be downloaded.</param>
public sealed record DataSetListing(
    string Name,
    string Summary,
    string Terms,
    ImageShape? Shape,
    int? Classes,
    int? TrainCount,
    int? TestCount,
    string? Location,
    long? DownloadBytes);
