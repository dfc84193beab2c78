using System.Text.Json;

namespace Sweeper.Client.Connecting;

/// <summary>The options that the silo of a data directory was started with: a note of the console that started it, for the next one.</summary>
/// <param name="Pid">Process of the silo.</param>
/// <param name="Options">Arguments that were the silo's own business.</param>
internal sealed record StartedWith(int Pid, IReadOnlyList<string> Options)
{
    /// <summary>Leaves the note.</summary>
    /// <param name="data">Data directory.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(DataDirectory data) => File.WriteAllBytes(data.StartedWithFile, JsonSerializer.SerializeToUtf8Bytes(this));

    /// <summary>Reads the note.</summary>
    /// <param name="data">Data directory.</param>
    /// <param name="pid">The silo that serves.</param>
    /// <returns>Null where there is none about this silo.</returns>
    public static IReadOnlyList<string>? TryRead(DataDirectory data, int pid)
    {
        try
        {
            return JsonSerializer.Deserialize<StartedWith>(File.ReadAllBytes(data.StartedWithFile)) is { Options: { } options } read && read.Pid == pid ? options : null;
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
