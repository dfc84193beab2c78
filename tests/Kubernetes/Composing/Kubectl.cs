using System.ComponentModel;
using System.Diagnostics;

namespace Sweeper.Tests.Kubernetes.Composing;

/// <summary>kubectl, which has the real kustomize in it.</summary>
internal static class Kubectl
{
    /// <summary>What it makes of a folder; null where it is not installed, or is older than components.</summary>
    public static string? Compose(string folder)
    {
        try
        {
            if (Run("version", "--client") is not { } version || !version.Contains("Kustomize Version: v5", StringComparison.Ordinal))
            {
                return null;
            }
        }
        catch (Win32Exception)
        {
            return null;
        }

        return Run("kustomize", folder) ?? throw new InvalidDataException($"kubectl kustomize {folder} failed");
    }

    private static string? Run(params string[] arguments)
    {
        using Process kubectl = Process.Start(new ProcessStartInfo("kubectl", arguments) { RedirectStandardOutput = true })!; // or thrown
        string output = kubectl.StandardOutput.ReadToEnd();
        kubectl.WaitForExit();
        return kubectl.ExitCode == 0 ? output : null;
    }
}
