using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Sweeper.Silo.Page;

/// <summary>The port that a page was given: kept in the data folder, so that the next silo takes it again where it is still free.</summary>
internal static class PagePort
{
    private const string FileName = "page.port";
    private const int Tries = 20;

    /// <summary>The port of the last silo; null: there was none.</summary>
    public static int? LastOf(DataFolder folder)
    {
        string path = Path.Combine(folder.Root, FileName);
        return File.Exists(path) && int.TryParse(File.ReadAllText(path), NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= 65535
            ? port
            : null;
    }

    /// <summary>Ports to try, one after the other: that of the last silo first.</summary>
    public static int[] Candidates(DataFolder folder)
    {
        int[] any = [.. Enumerable.Range(0, Tries).Select(_ => SiloPorts.Any()), 0];
        return LastOf(folder) is { } last ? [last, .. any] : any;
    }

    /// <summary>Keeps a port.</summary>
    public static void Keep(DataFolder folder, int port) =>
        File.WriteAllText(Path.Combine(folder.Root, FileName), port.ToString(CultureInfo.InvariantCulture));

    /// <summary>Port of a page that is served.</summary>
    public static int Of(WebApplication app) => BindingAddress.Parse(
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port; // it listens
}
