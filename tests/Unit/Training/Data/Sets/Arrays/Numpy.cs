using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Data.Sets.Arrays;

/// <summary>This machine's numpy, where it has one.</summary>
internal static class Numpy
{
    private static readonly Lazy<string?> Found = new(() => Array.Find(["python3", "/usr/bin/python3"], Works));

    /// <summary>A Python that has numpy; null: none has.</summary>
    public static string? Python => Found.Value;

    /// <summary>Runs a line of Python, which must succeed.</summary>
    public static void Run(string python, string code)
    {
        (int exit, string error) = Start(python, code);
        Assert.True(exit == 0, error);
    }

    private static bool Works(string python)
    {
        try
        {
            return Start(python, "import numpy").ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false; // there is no such program
        }
    }

    private static (int ExitCode, string Error) Start(string python, string code)
    {
        using Process process = Process.Start(new ProcessStartInfo(python, ["-c", code]) { RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }
}
