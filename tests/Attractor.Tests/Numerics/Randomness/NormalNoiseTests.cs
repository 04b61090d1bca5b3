using Attractor.Evaluation;
using Attractor.Numerics;

namespace Attractor.Tests.Numerics.Randomness;

[Trait("Registers", "Narrow")]
public sealed class NormalNoiseTests
{
    private static float[] Draw(int count, ulong seed = 1)
    {
        float[] values = new float[count];
        NormalNoise.Fill<float>(new(seed, "test"), values);
        return values;
    }

    [Fact]
    public void It_is_distributed_as_the_polar_method_is()
    {
        RandomStream polar = new(2, "polar");
        double[] expected = new double[1_000_000], found = [.. Draw(1_000_000).Select(x => (double)x)];
        for (int i = 0; i < expected.Length; i++)
            expected[i] = polar.NextNormal();
        Assert.True(KolmogorovSmirnov.TwoSample(expected, found).PValue > 1e-3);
    }

    [Fact]
    public void Its_moments_and_tails_are_those_of_a_standard_normal()
    {
        const int count = 4_000_000;
        double[] x = [.. Draw(count).Select(v => (double)v)];
        double mean = x.Average(), variance = x.Average(v => v * v), fourth = x.Average(v => v * v * v * v);
        Assert.Equal(0, mean, 4 / Math.Sqrt(count));
        Assert.Equal(1, variance, 4 * Math.Sqrt(2.0 / count));
        Assert.Equal(3, fourth, 4 * Math.Sqrt(96.0 / count));
        foreach ((double beyond, double probability) in ((double, double)[])[(1, 0.3173105079), (3, 2.699796063e-3), (4.5, 6.795346e-6)])
        {
            double expected = count * probability;
            Assert.InRange(x.Count(v => Math.Abs(v) > beyond), expected - (4 * Math.Sqrt(expected)), expected + (4 * Math.Sqrt(expected)));
        }
    }

    [Fact]
    public void A_piece_is_the_beginning_of_a_longer_one_and_float64_is_the_stream_itself()
    {
        float[] longer = Draw(1000);
        foreach (int length in (int[])[1, 15, 255, 256, 257, 999])
            Assert.Equal(longer[..length], Draw(length));
        double[] exact = new double[9];
        NormalNoise.Fill<double>(new(1, "test"), exact);
        RandomStream stream = new(1, "test");
        Assert.All(exact, v => Assert.Equal(stream.NextNormal(), v));
    }
}
