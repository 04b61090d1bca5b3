using Attractor.Evaluation;

namespace Attractor.Tests.Evaluation;

public sealed class HellingerDistanceTests
{
    private static readonly TimeSeries s_truth = GoldenSeries.Make(1, 1001, 2, 0.5, 0);

    [Fact]
    public void Units_do_not_matter()
    {
        TimeSeries scaled = new([.. s_truth.Values.ToArray().Select(x => (-7 * x) + 3)], 2);
        Assert.Equal(0, HellingerDistance.Between(s_truth, scaled), 1e-12);
    }

    [Fact]
    public void Distant_tones_are_almost_as_far_as_can_be()
        => Assert.InRange(HellingerDistance.Between(Tone(0.01), Tone(0.2), smoothing: 5), 0.999, 1);

    [Fact]
    public void A_fixed_point_is_as_far_as_can_be()
    {
        TimeSeries constant = new([.. Enumerable.Repeat(0.1, 2002)], 2);
        Assert.Equal(1, HellingerDistance.Between(s_truth, constant));
        Assert.Equal(0, HellingerDistance.Between(constant, constant));
    }

    [Fact]
    public void The_longer_series_is_cut_to_the_shorter()
        => Assert.Equal(
            HellingerDistance.Between(s_truth.Slice(0, 700), GoldenSeries.Make(2, 700, 2, 0.2, 0)),
            HellingerDistance.Between(s_truth, GoldenSeries.Make(2, 700, 2, 0.2, 0)));

    [Fact]
    public void An_orbit_that_is_not_finite_has_no_distance()
    {
        double[] values = s_truth.Values.ToArray();
        values[500] = double.NaN;
        Assert.Equal(double.NaN, HellingerDistance.Between(s_truth, new(values, 2)));
    }

    [Fact]
    public void The_spectrum_of_a_tone_peaks_at_its_frequency_in_cycles_per_unit_of_time()
    {
        const double dt = 0.02;
        TimeSeries tone = new(Tone(0.05).Values.ToArray(), 1, dt);
        PowerSpectrum spectrum = PowerSpectrum.Of(tone, 0, smoothing: 2);
        Assert.Equal(0.05 / dt, spectrum.Frequencies[Array.IndexOf(spectrum.Power, spectrum.Power.Max())], 1e-9);
        Assert.Equal(0.5 / dt, spectrum.Frequencies[^1], 1e-9);
    }

    private static TimeSeries Tone(double cyclesPerStep)
        => new([.. Enumerable.Range(0, 4000).Select(t => Math.Sin(2 * Math.PI * cyclesPerStep * t))], 1);
}
