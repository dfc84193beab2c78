namespace Sweeper.Tests.Benchmarks.Throughput;

/// <summary>A network, a batch size and a number of threads, in which contenders are timed.</summary>
/// <param name="Model">Name in the product's catalogue, one of <see cref="Models"/>.</param>
/// <param name="Batch">Images of a step.</param>
/// <param name="Threads">CPU threads of an operation.</param>
internal sealed record Case(string Model, int Batch, int Threads)
{
    /// <summary>Classes of every case.</summary>
    public const int Classes = 10;

    /// <summary>Images that are there to choose from.</summary>
    public const int Images = 2_000;

    /// <summary>Learning rate: small enough that no network diverges on labels without sense.</summary>
    public const double Rate = 0.01;

    /// <summary>Momentum, Nesterov's.</summary>
    public const double Momentum = 0.9;

    /// <summary>Weight decay.</summary>
    public const double Decay = 5e-4;

    /// <summary>Networks that every contender has.</summary>
    public static IReadOnlyList<string> Models { get; } = ["lenet", "small-cnn", "resnet20", "resnet9", "resnet56"];

    /// <summary>Channels of its images.</summary>
    public int Channels => IsGrey ? 1 : 3;

    /// <summary>Height and width of its images.</summary>
    public int Side => IsGrey ? 28 : 32;

    private bool IsGrey => Model is "lenet" or "small-cnn";

    /// <summary>Pixels and labels of every contender, made up and always the same.</summary>
    public (byte[] Pixels, int[] Labels) Draw()
    {
        // Any bytes do: what an operation costs does not depend on them. A linear congruential generator, as in torch_loop.py.
        byte[] pixels = new byte[Images * Channels * Side * Side];
        uint state = 1;
        for (int i = 0; i < pixels.Length; i++)
        {
            state = unchecked((state * 1_664_525) + 1_013_904_223);
            pixels[i] = (byte)(state >> 24);
        }

        return (pixels, [.. Enumerable.Range(0, Images).Select(image => image % Classes)]);
    }
}
