namespace Sweeper.Training.Data.Downloads;

/// <summary>A file whose content is known by its checksum.</summary>
/// <param name="Name">File name.</param>
/// <param name="Checksum">MD5 (32 hex digits) or SHA-256 (64), lower case.</param>
/// <param name="Copy">What copy it is where it is not the official file; null: the official one.</param>
internal sealed record KnownFile(string Name, string Checksum, string? Copy = null);
