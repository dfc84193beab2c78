using CsCheck;
using Sweeper.Training.Data;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training.Data;

/// <summary>A state that torch refuses ends the process: these tests would take the whole run with them.</summary>
public sealed class GeneratorStateTests
{
    [Fact]
    public void Restore_SavedState_RepeatsTheDraws()
    {
        using Generator generator = new(1);
        using Tensor skipped = rand(700, generator: generator);
        byte[] state = GeneratorState.Save(generator);
        using Tensor first = rand(700, generator: generator);
        GeneratorState.Restore(generator, state);
        using Tensor second = rand(700, generator: generator);

        Assert.True(first.BitEqual(second));
    }

    [Fact]
    public void Restore_AnyDamage_IsTakenOrRefusedButNeverFatal()
    {
        using Generator generator = new(1);
        byte[] good = GeneratorState.Save(generator);
        Gen.Select(Gen.Int[0, 30], Gen.Byte).Sample((at, value) =>
        {
            byte[] bad = [.. good];
            bad[at] = value;
            if (GeneratorState.IsStateOf(generator, bad))
            {
                GeneratorState.Restore(generator, bad);
            }
            else
            {
                Assert.Throws<ArgumentException>(() => GeneratorState.Restore(generator, bad));
            }
        }, iter: 500, threads: 1);
    }

    [Fact]
    public void Restore_NoStateAtAll_Throws()
    {
        using Generator generator = new(1);
        byte[] noise = new byte[GeneratorState.Save(generator).Length];
        new Random(1).NextBytes(noise);

        Assert.Throws<ArgumentException>(() => GeneratorState.Restore(generator, noise));
        Assert.Throws<ArgumentException>(() => GeneratorState.Restore(generator, new byte[noise.Length]));
        Assert.Throws<ArgumentException>(() => GeneratorState.Restore(generator, []));
    }
}
