using Sweeper.Training.Running;
using TorchSharp;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Running;

public sealed class TorchRuntimeTests
{
    public TorchRuntimeTests() => TorchRuntime.Configure(1);

    [Fact]
    public void Configure_SameNumberAgain_IsFine()
    {
        TorchRuntime.Configure(1);

        Assert.Equal(1, TorchRuntime.Threads);
        Assert.Equal(1, torch.get_num_threads());
        Assert.Equal(1, torch.get_num_interop_threads());
    }

    [Fact]
    public void Configure_AnotherNumber_IsRefused()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => TorchRuntime.Configure(3));

        Assert.Equal("libtorch runs with 1 threads in this process; 3 can no longer be set", error.Message);
    }

    [Fact]
    public void Threads_OfNewThreads_AreThoseOfTheProcess()
    {
        int seen = 0;
        Thread thread = new(() => seen = torch.get_num_threads());
        thread.Start();
        thread.Join();

        Assert.Equal(1, seen);
    }

    [Fact]
    public void Devices_WithoutGpu_IsTheCpu()
    {
        Assert.SkipWhen(torch.cuda.is_available(), "this machine has a CUDA GPU: its devices are GPUs");

        TorchDevice cpu = Assert.Single(TorchRuntime.Devices);
        Assert.Equal(new TorchDevice("cpu", "CPU (1 thread)", null), cpu);
        Assert.Equal(DeviceType.CPU, cpu.ToTorch().type);
    }

    [Fact]
    public void Versions_NameAllThree()
    {
        Assert.Matches(@"^Sweeper \d+\.\d+\.\d+, TorchSharp 0\.107\.\d+, libtorch 2\.\d+\.\d+\S*$", TorchRuntime.Versions);
    }
}
