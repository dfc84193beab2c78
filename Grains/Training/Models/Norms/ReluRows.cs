using System.Numerics;
using System.Runtime.CompilerServices;

namespace Sweeper.Training.Models.Norms;

/// <summary>
/// ReLU of a batch norm's output <c>z = scale * x + shift</c>, with a shortcut added before it or without, over rows <c>[rows, channels]</c>:
/// forward in one pass, backward in two. What torch's own operations do in ten passes; z is never stored but computed again.
/// </summary>
internal static unsafe class ReluRows
{
    /// <summary><c>y = max(0, z + shortcut)</c>.</summary>
    /// <param name="x">The norm's input.</param>
    /// <param name="shortcut">What is added; null: nothing.</param>
    /// <param name="y">Receives the output.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="norm">Scale and shift of each channel.</param>
    /// <param name="threads">Threads to take.</param>
    public static void Forward(float* x, float* shortcut, float* y, int rows, ChannelScale norm, int threads)
    {
        var portions = Portions.Of(rows, norm.Channels);
        portions.ForEach(new ForwardWork(portions, x, shortcut, y, norm), threads, backwards: true); // the statistics were taken from it just now
    }

    /// <summary>The first pass back: sums of the gradient at z, and of its products with <c>x - mean</c>.</summary>
    /// <param name="x">The norm's input.</param>
    /// <param name="shortcut">What was added; null: nothing.</param>
    /// <param name="gradient">Gradient at y.</param>
    /// <param name="atSum">Receives the gradient at the sum with the shortcut, which is that of both; null without one.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="norm">Scale and shift of each channel.</param>
    /// <param name="threads">Threads to take.</param>
    public static ChannelSums Sum(float* x, float* shortcut, float* gradient, float* atSum, int rows, ChannelScale norm, int threads)
    {
        var portions = Portions.Of(rows, norm.Channels);
        var sums = new ChannelSums(portions, norm.Channels);
        if (shortcut is null)
        {
            portions.ForEach(new SumWork(sums, x, gradient, norm), threads);
        }
        else
        {
            portions.ForEach(new ShortcutSumWork(sums, x, shortcut, gradient, atSum, norm), threads);
        }

        return sums;
    }

    /// <summary>The second pass back: the gradient at x.</summary>
    /// <param name="x">The norm's input.</param>
    /// <param name="gradient">Gradient at y; with a shortcut, that at the sum.</param>
    /// <param name="isAtSum">Whether it is that at the sum.</param>
    /// <param name="result">Receives the gradient at x.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="norm">Scales there and back.</param>
    /// <param name="threads">Threads to take.</param>
    public static void Backward(float* x, float* gradient, bool isAtSum, float* result, int rows, ChannelScale norm, int threads)
    {
        var portions = Portions.Of(rows, norm.Channels);
        portions.ForEach(new BackwardWork(portions, x, gradient, isAtSum, result, norm), threads, backwards: true);
    }

    private static Vector<float> Z(float* x, float* scale, float* shift) => Vector.FusedMultiplyAdd(Vector.Load(x), Vector.Load(scale), Vector.Load(shift));

    /// <summary>Not a number stays one, as in torch.</summary>
    private static Vector<float> Relu(Vector<float> z) => Vector.ConditionalSelect(Vector.LessThan(z, Vector<float>.Zero), Vector<float>.Zero, z);

    private static Vector<float> Passed(Vector<float> z, Vector<float> gradient) =>
        Vector.ConditionalSelect(Vector.LessThanOrEqual(z, Vector<float>.Zero), Vector<float>.Zero, gradient);

    private static void Add(Vector<float> g, float* x, float* mean, float* sum, float* product)
    {
        (Vector.Load(sum) + g).Store(sum);
        Vector.FusedMultiplyAdd(g, Vector.Load(x) - Vector.Load(mean), Vector.Load(product)).Store(product);
    }

    private readonly struct ForwardWork(Portions portions, float* x, float* shortcut, float* y, ChannelScale norm) : IPortionWork
    {
        public void Do(int portion)
        {
            int channels = norm.Channels;
            long from = (long)portions.Start(portion) * channels;
            int rows = portions.Length(portion);
            fixed (float* scale = norm.Scale, shift = norm.Shift)
            {
                if (shortcut is null)
                {
                    Alone(x + from, y + from, rows, channels, scale, shift);
                }
                else
                {
                    WithShortcut(x + from, shortcut + from, y + from, rows, channels, scale, shift);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Alone(float* x, float* y, int rows, int channels, float* scale, float* shift)
        {
            for (int row = 0; row < rows; row++, x += channels, y += channels)
            {
                for (int c = 0; c < channels; c += Vector<float>.Count)
                {
                    Relu(Z(x + c, scale + c, shift + c)).Store(y + c);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void WithShortcut(float* x, float* shortcut, float* y, int rows, int channels, float* scale, float* shift)
        {
            for (int row = 0; row < rows; row++, x += channels, shortcut += channels, y += channels)
            {
                for (int c = 0; c < channels; c += Vector<float>.Count)
                {
                    Relu(Z(x + c, scale + c, shift + c) + Vector.Load(shortcut + c)).Store(y + c);
                }
            }
        }
    }

    private readonly struct SumWork(ChannelSums sums, float* x, float* gradient, ChannelScale norm) : IPortionWork
    {
        public void Do(int portion)
        {
            int channels = norm.Channels;
            long from = (long)sums.Portions.Start(portion) * channels;
            fixed (float* scale = norm.Scale, shift = norm.Shift, mean = norm.Mean, sum = sums.Of(portion))
            {
                Sum(x + from, gradient + from, sums.Portions.Length(portion), channels, scale, shift, mean, sum, sum + channels);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Sum(float* x, float* gradient, int rows, int channels, float* scale, float* shift, float* mean, float* sum, float* product)
        {
            int row = 0;
            for (; row + 2 <= rows; row += 2, x += 2 * channels, gradient += 2 * channels)
            {
                for (int c = 0; c < channels; c += Vector<float>.Count)
                {
                    Vector<float> a = Vector.Load(scale + c);
                    Vector<float> b = Vector.Load(shift + c);
                    Vector<float> m = Vector.Load(mean + c);
                    Vector<float> x1 = Vector.Load(x + c);
                    Vector<float> x2 = Vector.Load(x + channels + c);
                    Vector<float> g1 = Passed(Vector.FusedMultiplyAdd(x1, a, b), Vector.Load(gradient + c));
                    Vector<float> g2 = Passed(Vector.FusedMultiplyAdd(x2, a, b), Vector.Load(gradient + channels + c));
                    (Vector.Load(sum + c) + (g1 + g2)).Store(sum + c);
                    (Vector.Load(product + c) + Vector.FusedMultiplyAdd(g1, x1 - m, g2 * (x2 - m))).Store(product + c);
                }
            }

            for (; row < rows; row++, x += channels, gradient += channels)
            {
                for (int c = 0; c < channels; c += Vector<float>.Count)
                {
                    Add(Passed(Z(x + c, scale + c, shift + c), Vector.Load(gradient + c)), x + c, mean + c, sum + c, product + c);
                }
            }
        }
    }

    private readonly struct ShortcutSumWork(ChannelSums sums, float* x, float* shortcut, float* gradient, float* atSum, ChannelScale norm) : IPortionWork
    {
        public void Do(int portion)
        {
            int channels = norm.Channels;
            long from = (long)sums.Portions.Start(portion) * channels;
            fixed (float* scale = norm.Scale, shift = norm.Shift, mean = norm.Mean, sum = sums.Of(portion))
            {
                Sum(x + from, shortcut + from, gradient + from, atSum + from, sums.Portions.Length(portion), channels, scale, shift, mean, sum, sum + channels);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Sum(
            float* x, float* shortcut, float* gradient, float* atSum, int rows, int channels, float* scale, float* shift, float* mean, float* sum, float* product)
        {
            for (int row = 0; row < rows; row++, x += channels, shortcut += channels, gradient += channels, atSum += channels)
            {
                for (int c = 0; c < channels; c += Vector<float>.Count)
                {
                    Vector<float> g = Passed(Z(x + c, scale + c, shift + c) + Vector.Load(shortcut + c), Vector.Load(gradient + c));
                    g.Store(atSum + c);
                    Add(g, x + c, mean + c, sum + c, product + c);
                }
            }
        }
    }

    private readonly struct BackwardWork(Portions portions, float* x, float* gradient, bool isAtSum, float* result, ChannelScale norm) : IPortionWork
    {
        public void Do(int portion)
        {
            int channels = norm.Channels;
            long from = (long)portions.Start(portion) * channels;
            fixed (float* scale = norm.Scale, shift = norm.Shift, perX = norm.PerX, constant = norm.Constant)
            {
                Backward(x + from, gradient + from, isAtSum, result + from, portions.Length(portion), channels, scale, shift, perX, constant);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Backward(
            float* x, float* gradient, bool isAtSum, float* result, int rows, int channels, float* scale, float* shift, float* perX, float* constant)
        {
            for (int row = 0; row < rows; row++, x += channels, gradient += channels, result += channels)
            {
                for (int c = 0; c < channels; c += Vector<float>.Count)
                {
                    Vector<float> here = Vector.Load(x + c);
                    Vector<float> a = Vector.Load(scale + c);
                    Vector<float> g = Vector.Load(gradient + c);
                    if (!isAtSum)
                    {
                        g = Passed(Vector.FusedMultiplyAdd(here, a, Vector.Load(shift + c)), g);
                    }

                    Vector.FusedMultiplyAdd(a, g, Vector.FusedMultiplyAdd(Vector.Load(perX + c), here, Vector.Load(constant + c))).Store(result + c);
                }
            }
        }
    }
}
