using System.Globalization;
using System.Text.Json;
using Attractor.Numerics;
using MathNet.Numerics;

namespace Attractor.Tests.Numerics.Randomness;

/// <summary>The generator against philox.golden.json, which numpy_golden.py writes; what is drawn from it against statistics.</summary>
[Trait("Registers", "Narrow")]
public sealed class RandomStreamTests
{
    // Fixed seeds: a test either always passes or always fails. One in a thousand right generators would fail at this level.
    private const double KolmogorovAtOnePerMille = 1.95;

    [Fact]
    public void The_generator_is_the_Philox_of_NumPy()
    {
        using Stream file = typeof(RandomStreamTests).Assembly.GetManifestResourceStream(typeof(RandomStreamTests), "philox.golden.json")!;
        using JsonDocument golden = JsonDocument.Parse(file);
        foreach (JsonElement entry in golden.RootElement.EnumerateArray())
        {
            ulong[] key = [.. entry.GetProperty("key").EnumerateArray().Select(Parse)];
            RandomStream stream = new(key[0], key[1], Parse(entry.GetProperty("index")));
            foreach (JsonElement value in entry.GetProperty("values").EnumerateArray())
                Assert.Equal(Parse(value), stream.NextUInt64());
        }
    }

    [Theory]
    [InlineData(0, "windows")]
    [InlineData(1, "noise")]
    [InlineData(ulong.MaxValue, "")]
    public void Doubles_are_uniform(ulong seed, string purpose)
    {
        RandomStream stream = new(seed, purpose);
        double[] sample = Draw(20_000, stream.NextDouble);
        Assert.All(sample, x => Assert.InRange(x, 0, 1 - 1e-16));
        Assert.True(Kolmogorov(sample, x => x) < KolmogorovAtOnePerMille);
    }

    [Theory]
    [InlineData(0, "windows")]
    [InlineData(1, "noise")]
    [InlineData(ulong.MaxValue, "")]
    public void Normal_numbers_are_normal(ulong seed, string purpose)
    {
        RandomStream stream = new(seed, purpose);
        Assert.True(
            Kolmogorov(Draw(20_000, stream.NextNormal), x => 0.5 * SpecialFunctions.Erfc(-x / Math.Sqrt(2))) < KolmogorovAtOnePerMille);
    }

    [Fact]
    public void The_first_numbers_of_consecutive_indices_seeds_and_purposes_are_uniform_and_uncorrelated()
    {
        Func<int, RandomStream>[] families =
        [
            i => new(7, "windows", (ulong)i),
            i => new((ulong)i, "windows"),
            i => new(7, i.ToString(CultureInfo.InvariantCulture)),
        ];
        foreach (Func<int, RandomStream> family in families)
        {
            double[] first = [.. Enumerable.Range(0, 10_000).Select(i => family(i).NextDouble())];
            Assert.True(Kolmogorov(first, x => x) < KolmogorovAtOnePerMille);
            double correlation = 0;
            for (int i = 1; i < first.Length; i++)
                correlation += (first[i] - 0.5) * (first[i - 1] - 0.5) * 12;
            // The sum has standard deviation sqrt(n) for independent numbers.
            Assert.InRange(correlation / Math.Sqrt(first.Length), -3.3, 3.3);
        }
    }

    [Fact]
    public void Streams_of_the_same_name_are_the_same_and_of_other_names_differ()
    {
        ulong[] reference = Draw(64, new RandomStream(5, "noise", 3).NextUInt64);
        Assert.Equal(reference, Draw(64, new RandomStream(5, "noise", 3).NextUInt64));
        foreach (RandomStream other in new RandomStream[]
        {
            new(6, "noise", 3),
            new(5, "noisf", 3),
            new(5, "noise", 4),
            new(5, "nois", 3),
            new(5, "", 3)
        })
            Assert.Empty(reference.Intersect(Draw(64, other.NextUInt64)));
    }

    [Fact]
    public void Seek_starts_an_index_anew_wherever_the_stream_was()
    {
        RandomStream stream = new(11, "rows", 4);
        ulong[] words = Draw(9, stream.NextUInt64);
        double[] normals = Draw(5, stream.NextNormal);
        stream.Seek(8);
        _ = stream.NextNormal();
        stream.Seek(4);
        Assert.Equal(words, Draw(9, stream.NextUInt64));
        Assert.Equal(normals, Draw(5, stream.NextNormal));
        stream.Seek(4);
        Assert.Equal(words, Draw(9, stream.NextUInt64));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(10)]
    public void Small_integers_are_equally_frequent(int bound)
    {
        RandomStream stream = new(3, "integers");
        int[] counts = new int[bound];
        const int Draws = 50_000;
        for (int i = 0; i < Draws; i++)
            counts[stream.NextInt64(bound)]++;
        double expected = (double)Draws / bound;
        double chiSquare = counts.Sum(count => (count - expected) * (count - expected) / expected);
        Assert.True(SpecialFunctions.GammaUpperRegularized((bound - 1) / 2.0, chiSquare / 2) > 0.001);
    }

    [Fact]
    public void Integers_below_a_bound_that_does_not_divide_the_range_are_unbiased()
    {
        // 2^64 / bound = 8/3: without rejection the values would come up 3, 3, 2 times in turn.
        const long Bound = 3L << 61;
        RandomStream stream = new(3, "integers");
        int low = 0;
        const int Draws = 40_000;
        for (int i = 0; i < Draws; i++)
        {
            long value = stream.NextInt64(Bound);
            Assert.InRange(value, 0, Bound - 1);
            low += value % 3 == 0 ? 1 : 0;
        }
        double deviation = Math.Sqrt(Draws * (1 / 3.0) * (2 / 3.0));
        Assert.InRange((low - (Draws / 3.0)) / deviation, -3.3, 3.3);
    }

    [Fact]
    public void A_bound_that_is_not_positive_is_refused()
    {
        RandomStream stream = new(0, "integers");
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.NextInt64(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.NextInt64(-1));
        Assert.Equal(0, stream.NextInt64(1));
    }

    private static ulong Parse(JsonElement value) => ulong.Parse(value.GetString()!, CultureInfo.InvariantCulture);

    private static T[] Draw<T>(int count, Func<T> draw) => [.. Enumerable.Range(0, count).Select(_ => draw())];

    // sqrt(n) sup |F_n - F|
    private static double Kolmogorov(double[] sample, Func<double, double> distribution)
    {
        double[] sorted = [.. sample.Order()];
        double largest = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double f = distribution(sorted[i]);
            largest = Math.Max(largest, Math.Max(f - ((double)i / sorted.Length), ((i + 1.0) / sorted.Length) - f));
        }
        return Math.Sqrt(sorted.Length) * largest;
    }
}
