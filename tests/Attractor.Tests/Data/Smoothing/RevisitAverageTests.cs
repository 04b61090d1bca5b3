using Attractor.Data;
using Attractor.Systems;

namespace Attractor.Tests.Data.Smoothing;

/// <summary>Noise on what no filter in time can follow, taken off by the mean over other visits of the same states.</summary>
public sealed class RevisitAverageTests
{
    // A slow wave with spikes of some six rows, whose rhythm is no multiple of a row: it comes back to its states, never to its rows.
    private static readonly TimeSeries s_spikes = Spikes(12_000);

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.2)]
    public void Noise_on_spikes_is_measured_and_most_of_it_goes(double level)
    {
        TimeSeries noisy = s_spikes.WithNoise(level, seed: 1);
        NoiseReduction found = NoiseReduction.Of([noisy], revisits: true)!;
        Assert.Null(found.Filters[0]);
        Assert.InRange(found.Noise[0], 0.9 * level, 1.2 * level);
        Assert.Equal(found.Noise[0] / Math.Sqrt(40), found.Remaining[0], 1e-12);
        TimeSeries smooth = found.Apply(noisy);
        int edge = found.NeighbourWindow;
        double[] left = [.. Enumerable.Range(edge, noisy.Length - (2 * edge)).Select(t => smooth[t, 0] - s_spikes[t, 0])];
        Assert.InRange(Math.Sqrt(left.Average(r => r * r)), 0, 0.4 * level);
        // Their tops stay: the mean of what is left there is no bias.
        double top = Enumerable.Range(edge, noisy.Length - (2 * edge)).Max(t => s_spikes[t, 0]);
        double[] tops = [.. Enumerable.Range(edge, left.Length).Where(t => s_spikes[t, 0] > 0.95 * top).Select(t => left[t - edge])];
        Assert.InRange(tops.Average(), -0.5 * level, 0.5 * level);
    }

    [Fact]
    public void What_has_no_noise_or_a_filter_of_its_own_or_is_a_map_stays_as_it_was()
    {
        Assert.Null(NoiseReduction.Of([s_spikes], revisits: true));
        TimeSeries flow = Lorenz63.Default.Simulate(8000, 0.01).Standardize().WithNoise(0.05, seed: 1);
        NoiseReduction filtered = NoiseReduction.Of([flow])!, either = NoiseReduction.Of([flow], revisits: true)!;
        Assert.Equal(0, either.Neighbours);
        Assert.All(either.Remaining, left => Assert.Equal(0, left));
        Assert.Equal(filtered.Apply(flow).Values, either.Apply(flow).Values);
        foreach (string map in (string[])["henon", "ikeda"])
            Assert.Null(NoiseReduction.Of([KnownSystems.Find(map).Simulate(6000).WithNoise(0.05, seed: 1)], revisits: true));
        // Too few windows, and so few visits of a state that their mean is no longer that of the state.
        foreach (TimeSeries few in (TimeSeries[])[s_spikes.WithNoise(0.1, seed: 1).Slice(0, 3000), s_spikes.WithNoise(0.02, seed: 1)])
            Assert.Equal(0, NoiseReduction.Of([few], revisits: true)?.Neighbours ?? 0);
    }

    [Fact]
    public void Nothing_crosses_a_gap_and_the_ends_stay()
    {
        TimeSeries noisy = s_spikes.WithNoise(0.1, seed: 1);
        double[] values = noisy.Values.ToArray();
        values[2 * 7000] = double.NaN;
        TimeSeries gap = new(values, 2);
        NoiseReduction found = NoiseReduction.Of([gap], revisits: true)!;
        TimeSeries smooth = found.Apply(gap);
        Assert.Equal(found.Apply(gap.Slice(0, 7000)).Values, smooth.Slice(0, 7000).Values);
        Assert.True(double.IsNaN(smooth[7000, 0]));
        Assert.Equal(noisy[0, 0], smooth[0, 0]);
        Assert.Equal(noisy[6999, 0], smooth[6999, 0]);
        Assert.NotEqual(noisy[100, 0], smooth[100, 0]);
    }

    [Theory]
    [InlineData(3, 40)]
    [InlineData(1500, 7)]
    [InlineData(1500, 40)]
    public void The_nearest_are_those_of_sorting_all(int count, int wanted)
    {
        float[] points = [.. new LinearStream(5).Take(3 * count).Select(x => (float)Math.Round(x, 2))];
        NearestWindows nearest = new(points, 3);
        foreach (int at in (int[])[0, count / 2, count - 1])
        {
            float Square(int i)
            {
                float sum = 0;
                for (int k = 0; k < 3; k++)
                {
                    float apart = points[(3 * i) + k] - points[(3 * at) + k];
                    sum = MathF.FusedMultiplyAdd(apart, apart, sum);
                }
                return sum;
            }

            (float, int)[] found = new (float, int)[wanted];
            int filled = nearest.Find(nearest.Point(at), found);
            Assert.Equal(Math.Min(count, wanted), filled);
            (float, int)[] expected = [.. Enumerable.Range(0, count).Select(i => (Square(i), i)).Order().Take(wanted)];
            Assert.Equal(expected, found[..filled]);
        }
    }

    private static TimeSeries Spikes(int rows)
    {
        double[] values = new double[2 * rows];
        for (int t = 0; t < rows; t++)
        {
            double phase = t / 17.31 % 1, slow = Math.Sin(t * 2 * Math.PI / 173.1);
            values[2 * t] = (2.5 * Math.Exp(-Math.Pow((phase - 0.5) / 0.08, 2))) + (0.3 * slow);
            values[(2 * t) + 1] = slow;
        }
        return new TimeSeries(values, 2).Standardize();
    }
}
