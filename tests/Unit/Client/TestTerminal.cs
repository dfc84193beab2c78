using Spectre.Console.Testing;
using Sweeper.Client.Rendering;

namespace Sweeper.Tests.Unit.Client;

/// <summary>A terminal that keeps what is written.</summary>
internal sealed class TestTerminal : IDisposable
{
    private readonly TestConsole _console = new();
    private readonly StringWriter _error = new();

    public TestTerminal() => _console.Profile.Width = 200;

    public string Out => _console.Output;

    public string Error => _error.ToString();

    public Terminal Terminal => new(_console, _error, IsLive: false, TimeZoneInfo.Utc, AskYesNo: null);

    public void Dispose()
    {
        _console.Dispose();
        _error.Dispose();
    }
}

/// <summary>A folder that is gone afterwards.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sweeper-test-").FullName;

    public string File(string name, string content)
    {
        string path = System.IO.Path.Combine(Path, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
