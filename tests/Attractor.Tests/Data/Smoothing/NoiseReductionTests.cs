using Attractor.Data;
using Attractor.Systems;

namespace Attractor.Tests.Data.Smoothing;

public sealed class NoiseReductionTests
{
    private static readonly TimeSeries s_lorenz = Lorenz63.Default.Simulate(20_000, 0.01).Standardize();

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.05)]
    [InlineData(0.2)]
    public void Noise_on_a_flow_is_measured_and_more_than_half_of_it_goes(double level)
    {
        TimeSeries noisy = s_lorenz.WithNoise(level, seed: 1);
        NoiseReduction found = NoiseReduction.Of([noisy])!;
        TimeSeries smooth = found.Apply(noisy);
        for (int n = 0; n < 3; n++)
        {
            Assert.Equal(level, found.Noise[n], 0.05 * level);
            Assert.InRange(RootMeanSquareDifference(s_lorenz.Column(n), smooth.Column(n)), 0, 0.5 * level);
        }
    }

    [Fact]
    public void A_flow_without_noise_and_maps_stay_as_they_are()
    {
        Assert.Null(NoiseReduction.Of([s_lorenz]));
        foreach (string map in (string[])["henon", "logistic", "ikeda"])
        {
            TimeSeries orbit = KnownSystems.Find(map).Simulate(5000);
            Assert.Null(NoiseReduction.Of([orbit]));
            Assert.Null(NoiseReduction.Of([orbit.WithNoise(0.05, seed: 1)]));
        }
        Assert.Null(NoiseReduction.Of([new TimeSeries(new double[3000], 3)]));
        Assert.Null(NoiseReduction.Of([s_lorenz.WithNoise(0.05, seed: 1).Slice(0, 150)]));
    }

    // A wave with a spike of three rows every hundred: a filter that takes the noise best cuts the spikes down.
    [Fact]
    public void What_bends_faster_than_a_filter_can_follow_is_not_cut_down()
    {
        double[] wave =
        [
            .. Enumerable.Range(0, 20_000).Select(t => Math.Sin(0.02 * t) + (t % 100 is 49 or 51 ? 2 : t % 100 == 50 ? 4 : 0))
        ];
        TimeSeries noisy = new TimeSeries(wave, 1).WithNoise(0.02, seed: 1);
        TimeSeries smooth = NoiseReduction.Of([noisy])?.Apply(noisy) ?? noisy;
        for (int t = 150; t < 19_900; t += 100)
            Assert.InRange(smooth[t, 0] - wave[t], -0.2, 0.2);
    }

    [Fact]
    public void Each_variable_is_treated_by_itself_and_in_its_own_units()
    {
        TimeSeries noisy = s_lorenz.WithNoise(0.05, seed: 1);
        double[] mixed = new double[3 * noisy.Length];
        for (int t = 0; t < noisy.Length; t++)
            (mixed[3 * t], mixed[(3 * t) + 1], mixed[(3 * t) + 2]) = (s_lorenz[t, 0], 1013 + (8 * noisy[t, 1]), 1e-6 * noisy[t, 2]);
        NoiseReduction alone = NoiseReduction.Of([noisy])!, found = NoiseReduction.Of([new(mixed, 3)])!;
        Assert.Null(found.Filters[0]);
        Assert.Equal(0, found.Noise[0]);
        Assert.Equal(8 * alone.Noise[1], found.Noise[1], 1e-9);
        Assert.Equal(1e-6 * alone.Noise[2], found.Noise[2], 1e-15);
        Assert.Equal(alone.Filters[2]!.Window, found.Filters[2]!.Window);
        Assert.Equal(s_lorenz.Column(0), found.Apply(new(mixed, 3)).Column(0));
    }

    [Fact]
    public void Nothing_crosses_a_gap_or_the_end_of_a_trial()
    {
        TimeSeries noisy = s_lorenz.WithNoise(0.05, seed: 1);
        double[] values = noisy.Values.ToArray();
        values[(3 * 8000) + 1] = double.NaN;
        TimeSeries gap = new(values, 3);
        NoiseReduction found = NoiseReduction.Of([gap])!, ofTrials = NoiseReduction.Of([noisy.Slice(0, 8000), noisy.Slice(8001, 11_999)])!;
        Assert.Equal(ofTrials.Noise, found.Noise);
        TimeSeries smooth = found.Apply(gap);
        Assert.Equal(found.Apply(noisy.Slice(0, 8000)).Values, smooth.Slice(0, 8000).Values);
        Assert.Equal(values[3 * 8000], smooth[8000, 0]);
        Assert.True(double.IsNaN(smooth[8000, 1]));
        Assert.Equal(found.Apply(noisy.Slice(8001, 11_999)).Values, smooth.Slice(8001, 11_999).Values);
    }

    [Fact]
    public void Series_of_other_variables_are_refused()
    {
        NoiseReduction found = NoiseReduction.Of([s_lorenz.WithNoise(0.05, seed: 1)])!;
        Assert.Contains(
            "3 variables, found 1", Assert.Throws<ArgumentException>(() => found.Apply(new([1, 2], 1))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => NoiseReduction.Of([]));
    }

    private static double RootMeanSquareDifference(double[] a, double[] b)
        => Math.Sqrt(a.Zip(b).Average(pair => (pair.First - pair.Second) * (pair.First - pair.Second)));
}
