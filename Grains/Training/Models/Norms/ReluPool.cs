using System.Numerics;
using System.Runtime.CompilerServices;

namespace Sweeper.Training.Models.Norms;

/// <summary>
/// ReLU of a batch norm's output <c>z = scale * x + shift</c> and 2x2 max pooling in one: forward in one pass over x, backward in two.
/// Neither the output before pooling nor the places of the maxima are stored; of equal values the first counts, as in torch.
/// </summary>
internal static unsafe class ReluPool
{
    /// <summary>Pairs of rows of a portion.</summary>
    private const int PairsAtOnce = 8;

    /// <summary><c>y = max(0, z)</c>, the greatest of each four pixels.</summary>
    /// <param name="x">The norm's input.</param>
    /// <param name="y">Receives the output.</param>
    /// <param name="images">Their shape.</param>
    /// <param name="norm">Scale and shift of each channel.</param>
    /// <param name="threads">Threads to take.</param>
    public static void Forward(float* x, float* y, ImageGrid images, ChannelScale norm, int threads)
    {
        var portions = new Portions(images.Pairs, PairsAtOnce);
        portions.ForEach(new ForwardWork(portions, x, y, images, norm), threads, backwards: true); // the statistics were taken from it just now
    }

    /// <summary>The first pass back: sums of the gradient at z, and of its products with <c>x - mean</c>.</summary>
    /// <param name="x">The norm's input.</param>
    /// <param name="gradient">Gradient at y.</param>
    /// <param name="images">Their shape.</param>
    /// <param name="norm">Scale and shift of each channel.</param>
    /// <param name="threads">Threads to take.</param>
    public static ChannelSums Sum(float* x, float* gradient, ImageGrid images, ChannelScale norm, int threads)
    {
        var portions = new Portions(images.Pairs, PairsAtOnce);
        var sums = new ChannelSums(portions, images.Channels);
        portions.ForEach(new SumWork(sums, x, gradient, images, norm), threads);
        return sums;
    }

    /// <summary>The second pass back: the gradient at x.</summary>
    /// <param name="x">The norm's input.</param>
    /// <param name="gradient">Gradient at y.</param>
    /// <param name="result">Receives the gradient at x.</param>
    /// <param name="images">Their shape.</param>
    /// <param name="norm">Scales there and back.</param>
    /// <param name="threads">Threads to take.</param>
    public static void Backward(float* x, float* gradient, float* result, ImageGrid images, ChannelScale norm, int threads)
    {
        var portions = new Portions(images.Pairs, PairsAtOnce);
        portions.ForEach(new BackwardWork(portions, x, gradient, result, images, norm), threads, backwards: true);
    }

    private static Vector<float> Z(float* x, Vector<float> scale, Vector<float> shift) => Vector.FusedMultiplyAdd(Vector.Load(x), scale, shift);

    private static Vector<float> Greater(Vector<float> first, Vector<float> second) => Vector.ConditionalSelect(Vector.GreaterThan(second, first), second, first);

    private static Vector<int> Compare(Vector<float> z, ref Vector<float> most)
    {
        Vector<int> greater = Vector.GreaterThan(z, most);
        most = Vector.ConditionalSelect(greater, z, most);
        return greater;
    }

    private static void Compare(float* x, Vector<float> scale, Vector<float> shift, ref Vector<float> most, ref Vector<float> at)
    {
        Vector<float> here = Vector.Load(x);
        Vector<int> greater = Compare(Vector.FusedMultiplyAdd(here, scale, shift), ref most);
        at = Vector.ConditionalSelect(greater, here, at);
    }

    private readonly struct ForwardWork(Portions portions, float* x, float* y, ImageGrid images, ChannelScale norm) : IPortionWork
    {
        public void Do(int portion)
        {
            fixed (float* scale = norm.Scale, shift = norm.Shift)
            {
                for (int pair = portions.Start(portion); pair < portions.Start(portion) + portions.Length(portion); pair++)
                {
                    Forward(x + images.Upper(pair), y + images.Pooled(pair), images, scale, shift);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Forward(float* x, float* y, ImageGrid images, float* scale, float* shift)
        {
            int channels = images.Channels;
            float* below = x + images.RowLength;
            for (int column = 0; column < images.Halves; column++, x += 2 * channels, below += 2 * channels, y += channels)
            {
                for (int c = 0; c < channels; c += Vector<float>.Count)
                {
                    Vector<float> a = Vector.Load(scale + c);
                    Vector<float> b = Vector.Load(shift + c);
                    Vector<float> upper = Greater(Z(x + c, a, b), Z(x + channels + c, a, b));
                    Vector<float> most = Greater(Greater(upper, Z(below + c, a, b)), Z(below + channels + c, a, b));
                    Vector.ConditionalSelect(Vector.LessThan(most, Vector<float>.Zero), Vector<float>.Zero, most).Store(y + c);
                }
            }
        }
    }

    private readonly struct SumWork(ChannelSums sums, float* x, float* gradient, ImageGrid images, ChannelScale norm) : IPortionWork
    {
        public void Do(int portion)
        {
            int start = sums.Portions.Start(portion);
            fixed (float* scale = norm.Scale, shift = norm.Shift, mean = norm.Mean, sum = sums.Of(portion))
            {
                for (int pair = start; pair < start + sums.Portions.Length(portion); pair++)
                {
                    Sum(x + images.Upper(pair), gradient + images.Pooled(pair), images, scale, shift, mean, sum);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Sum(float* x, float* gradient, ImageGrid images, float* scale, float* shift, float* mean, float* sums)
        {
            int channels = images.Channels;
            float* below = x + images.RowLength;
            float* products = sums + channels;
            for (int column = 0; column < images.Halves; column++, x += 2 * channels, below += 2 * channels, gradient += channels)
            {
                for (int c = 0; c < channels; c += Vector<float>.Count)
                {
                    Vector<float> a = Vector.Load(scale + c);
                    Vector<float> b = Vector.Load(shift + c);
                    Vector<float> at = Vector.Load(x + c);
                    Vector<float> most = Vector.FusedMultiplyAdd(at, a, b);
                    Compare(x + channels + c, a, b, ref most, ref at);
                    Compare(below + c, a, b, ref most, ref at);
                    Compare(below + channels + c, a, b, ref most, ref at);
                    Vector<float> g = Vector.ConditionalSelect(Vector.LessThanOrEqual(most, Vector<float>.Zero), Vector<float>.Zero, Vector.Load(gradient + c));
                    (Vector.Load(sums + c) + g).Store(sums + c);
                    Vector.FusedMultiplyAdd(g, at - Vector.Load(mean + c), Vector.Load(products + c)).Store(products + c);
                }
            }
        }
    }

    private readonly struct BackwardWork(Portions portions, float* x, float* gradient, float* result, ImageGrid images, ChannelScale norm) : IPortionWork
    {
        public void Do(int portion)
        {
            fixed (float* scale = norm.Scale, shift = norm.Shift, perX = norm.PerX, constant = norm.Constant)
            {
                for (int pair = portions.Start(portion); pair < portions.Start(portion) + portions.Length(portion); pair++)
                {
                    long upper = images.Upper(pair);
                    Backward(x + upper, gradient + images.Pooled(pair), result + upper, images, scale, shift, perX, constant);
                    if (images.LeavesRow(pair))
                    {
                        long last = upper + (2L * images.RowLength);
                        LeftOver(x + last, result + last, images.Width, images.Channels, perX, constant);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Backward(float* x, float* gradient, float* result, ImageGrid images, float* scale, float* shift, float* perX, float* constant)
        {
            int channels = images.Channels;
            float* below = x + images.RowLength;
            float* under = result + images.RowLength;
            for (int column = 0; column < images.Halves; column++, x += 2 * channels, below += 2 * channels, result += 2 * channels, under += 2 * channels, gradient += channels)
            {
                for (int c = 0; c < channels; c += Vector<float>.Count)
                {
                    Vector<float> a = Vector.Load(scale + c);
                    Vector<float> k = Vector.Load(perX + c);
                    Vector<float> k0 = Vector.Load(constant + c);
                    Vector<float> none = Vector<float>.Zero;
                    Vector<float> b = Vector.Load(shift + c);
                    Vector<float> x1 = Vector.Load(x + c);
                    Vector<float> x2 = Vector.Load(x + channels + c);
                    Vector<float> x3 = Vector.Load(below + c);
                    Vector<float> x4 = Vector.Load(below + channels + c);
                    var most = Vector.FusedMultiplyAdd(x1, a, b);
                    Vector<int> second = Compare(Vector.FusedMultiplyAdd(x2, a, b), ref most);
                    Vector<int> third = Compare(Vector.FusedMultiplyAdd(x3, a, b), ref most);
                    Vector<int> fourth = Compare(Vector.FusedMultiplyAdd(x4, a, b), ref most);
                    Vector<float> g = a * Vector.ConditionalSelect(Vector.LessThanOrEqual(most, none), none, Vector.Load(gradient + c));
                    Vector<float> early = Vector.ConditionalSelect(fourth, none, g); // not the fourth's
                    Vector<float> first = Vector.ConditionalSelect(third, none, early); // nor the third's
                    (Vector.ConditionalSelect(second, none, first) + Vector.FusedMultiplyAdd(k, x1, k0)).Store(result + c);
                    (Vector.ConditionalSelect(second, first, none) + Vector.FusedMultiplyAdd(k, x2, k0)).Store(result + channels + c);
                    (Vector.ConditionalSelect(third, early, none) + Vector.FusedMultiplyAdd(k, x3, k0)).Store(under + c);
                    (Vector.ConditionalSelect(fourth, g, none) + Vector.FusedMultiplyAdd(k, x4, k0)).Store(under + channels + c);
                }
            }

            if (images.Width % 2 == 1)
            {
                LeftOver(x, result, 1, channels, perX, constant);
                LeftOver(below, under, 1, channels, perX, constant);
            }
        }

        /// <summary>Pixels that no pooling looked at; the statistics did.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void LeftOver(float* x, float* result, int pixels, int channels, float* perX, float* constant)
        {
            for (int pixel = 0; pixel < pixels; pixel++, x += channels, result += channels)
            {
                for (int c = 0; c < channels; c += Vector<float>.Count)
                {
                    Vector.FusedMultiplyAdd(Vector.Load(perX + c), Vector.Load(x + c), Vector.Load(constant + c)).Store(result + c);
                }
            }
        }
    }
}
