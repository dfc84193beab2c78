using System.Diagnostics;
using System.Net;

namespace Sweeper.Client.Commands;

/// <summary>
/// The user's browser, where there is one. It is handed a file that only its owner may read: every user of the machine can
/// list the arguments of a process, and the address lets whoever is first in.
/// </summary>
/// <param name="call">The command.</param>
/// <param name="wanted">Whether a browser is to be opened at all.</param>
internal sealed class BrowserWindow(CommandCall call, bool wanted) : IDisposable
{
    private string? _file;
    private bool _shown;

    /// <summary>Prints an address; the first one is opened, too.</summary>
    public async Task ShowAsync(Uri address, CancellationToken stop)
    {
        TextWriter output = call.Terminal.Out.Profile.Out.Writer;
        await output.WriteLineAsync($"Live page  {address}");
        await output.WriteLineAsync("           The address signs one browser in, once, within ten minutes. Ctrl-C ends.");
        await output.FlushAsync(stop);
        if (!wanted || _shown || !call.Terminal.IsLive || Opener() is not { } opener)
        {
            return;
        }

        _shown = true;
        _file = Path.Combine(call.Data.Root, $"page-{Environment.ProcessId}.html");
        var owner = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            owner.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var writer = new StreamWriter(_file, owner))
        {
            await writer.WriteAsync($"<!doctype html><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0;url={WebUtility.HtmlEncode(address.AbsoluteUri)}\"><title>Sweeper</title>");
        }

        try
        {
            using Process? started = Process.Start(new ProcessStartInfo(opener, [_file]) { RedirectStandardOutput = true, RedirectStandardError = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no such program: the address is on the screen.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_file is not null)
        {
            File.Delete(_file);
        }
    }

    private static string? Opener()
    {
        if (OperatingSystem.IsMacOS())
        {
            return "open";
        }

        return OperatingSystem.IsLinux() && (IsSet("DISPLAY") || IsSet("WAYLAND_DISPLAY")) ? "xdg-open" : null;
    }

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
