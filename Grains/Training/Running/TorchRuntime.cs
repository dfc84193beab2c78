using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Sweeper.Training.Running;

/// <summary>
/// libtorch as this process has it. Threads are set once, before the first operation: a second call of
/// <c>set_num_interop_threads</c> ends the process, and results can depend on the number of threads by rounding.
/// </summary>
public static class TorchRuntime
{
    private const string ProcessorFile = "/proc/cpuinfo";

    private static readonly Lock Gate = new();
    private static int _threads;

    /// <summary>Threads of one native operation on the CPU; set to the number of processors where nobody has set them.</summary>
    public static int Threads
    {
        get
        {
            lock (Gate)
            {
                return _threads > 0 ? _threads : Start(Environment.ProcessorCount);
            }
        }
    }

    /// <summary>Sweeper, TorchSharp and libtorch versions, in one line.</summary>
    public static string Versions => field ??= string.Create(
        CultureInfo.InvariantCulture,
        $"Sweeper {VersionOf(typeof(TorchRuntime))}, TorchSharp {VersionOf(typeof(torch))}, libtorch {torch.__version__}");

    /// <summary>
    /// What a run's numbers depend on beside the job and its images: this very build, the libraries, the device with its threads,
    /// and the processor, whose instructions decide how sums are rounded. Equal texts give equal numbers.
    /// </summary>
    public static string PlatformOf(TorchDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return $"{Versions}, build {typeof(TorchRuntime).Module.ModuleVersionId:N}, {device.Description}, {Processor}";
    }

    /// <summary>Devices of this process: its GPUs in CUDA's order, or the CPU where there are none.</summary>
    public static ImmutableArray<TorchDevice> Devices
    {
        get
        {
            int threads = Threads;
            return torch.cuda.is_available()
                ? [.. Enumerable.Range(0, torch.cuda.device_count()).Select(TorchDevice.Cuda)]
                : [TorchDevice.Cpu(threads)];
        }
    }

    /// <summary>Sets the threads of the process; may be repeated with the same number.</summary>
    /// <param name="threads">Threads of one native operation on the CPU; at least 1. With K runs at once, processors over K serves well.</param>
    /// <exception cref="InvalidOperationException">They have been set to another number.</exception>
    public static void Configure(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        lock (Gate)
        {
            if (_threads == 0)
            {
                Start(threads);
            }
            else if (_threads != threads)
            {
                throw new InvalidOperationException(
                    $"libtorch runs with {_threads} threads in this process; {threads} can no longer be set");
            }
        }
    }

    /// <summary>Model of the machine's processor.</summary>
    private static string Processor => field ??= File.Exists(ProcessorFile)
        && File.ReadLines(ProcessorFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();

    private static int Start(int threads)
    {
        HeapSettings.Apply();
        torch.set_num_threads(threads);
#pragma warning disable RS0030 // the one call that the ban protects
        torch.set_num_interop_threads(1); // operations of one run follow each other
#pragma warning restore RS0030
        return _threads = threads;
    }

    private static string VersionOf(Type type)
    {
        Assembly assembly = type.Assembly;
        string version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? assembly.GetName().Version?.ToString()
            ?? "unknown";
        return version.Split('+')[0];
    }
}
