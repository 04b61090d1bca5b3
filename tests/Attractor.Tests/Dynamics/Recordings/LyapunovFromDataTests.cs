using Attractor.Dynamics;
using Attractor.Systems;

namespace Attractor.Tests.Dynamics.Recordings;

public sealed class LyapunovFromDataTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void The_logistic_map_doubles_distances()
    {
        TimeSeries series = KnownSystems.Find("logistic").With("r", 4).Simulate(5000);
        DivergenceOptions plane = new() { EmbeddingDimension = 2, Delay = 1 };
        Assert.Equal(Math.Log(2), LyapunovFromData.Rosenstein(series, plane, Token).Exponent, 0.03);
        Assert.Equal(Math.Log(2), LyapunovFromData.Kantz(series, options: plane, cancellationToken: Token).Exponent, 0.03);
    }

    [Fact]
    public void Henon_by_both_methods()
    {
        TimeSeries series = KnownSystems.Find("henon").Simulate(5000);
        Assert.Equal(0.4192, LyapunovFromData.Rosenstein(series, cancellationToken: Token).Exponent, 0.03);
        Assert.Equal(0.4192, LyapunovFromData.Kantz(series, cancellationToken: Token).Exponent, 0.03);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Five_thousand_points_of_Lorenz_tell_its_exponent_within_ten_percent(ulong seed)
    {
        TimeSeries series = Lorenz63.Default.Simulate(5000, 0.05, transient: 5000, seed: seed);
        DivergenceOfNeighbours one = LyapunovFromData.Rosenstein(new(series.Column(0), 1, 0.05), cancellationToken: Token);
        Assert.Equal(0.906, one.Exponent / 0.05, 0.0906);
        Assert.True(one.Delay > 1 && one.Dimension >= 3);
        Assert.Equal(0.906, LyapunovFromData.Rosenstein(series, cancellationToken: Token).Exponent / 0.05, 0.0906);
    }

    [Fact]
    public void The_delay_of_a_short_recording_is_sought_within_a_quarter_of_it()
    {
        TimeSeries series = Lorenz63.Default.Simulate(800, 0.02);
        TimeSeries one = new(series.Column(0), 1, 0.02);
        Assert.Equal(
            MutualInformation.FirstMinimum(MutualInformation.Of(one.Column(0), 200)),
            LyapunovFromData.Rosenstein(one, cancellationToken: Token).Delay);
    }

    [Fact]
    public void The_curve_is_the_mean_logarithm_of_a_plain_search()
    {
        TimeSeries series = Lorenz63.Default.Simulate(400, 0.05);
        const int Steps = 10, Window = 20;
        int last = series.Length - 1 - Steps;
        double Distance(int a, int b) => Math.Sqrt(Enumerable.Range(0, 3).Sum(k => Math.Pow(series[a, k] - series[b, k], 2)));
        double[] expected = new double[Steps + 1];
        for (int t = 0; t <= last; t++)
        {
            int neighbour = Enumerable.Range(0, last + 1).Where(j => Math.Abs(j - t) > Window).MinBy(j => Distance(t, j));
            for (int step = 0; step <= Steps; step++)
                expected[step] += Math.Log(Distance(t + step, neighbour + step)) / (last + 1);
        }
        double[] curve = LyapunovFromData.Rosenstein(series, new() { TheilerWindow = Window, Steps = Steps }, Token).Curve;
        for (int step = 0; step <= Steps; step++)
            Assert.Equal(expected[step], curve[step], 1e-10);
    }

    [Fact]
    public void The_radius_is_told_in_the_deviations_in_which_it_was_given()
    {
        TimeSeries series = new(KnownSystems.Find("henon").Simulate(2000).Values.ToArray().Select(v => 50 * v).ToArray(), 2);
        Assert.Equal(0.2, LyapunovFromData.Kantz(series, 0.2, cancellationToken: Token).Radius, 1e-12);
        double usual = LyapunovFromData.Kantz(series, cancellationToken: Token).Radius;
        // It is sought in steps of a fifth from a thousandth on.
        Assert.Equal(0, Math.IEEERemainder(Math.Log(usual / 1e-3), Math.Log(1.2)), 1e-9);
    }

    [Fact]
    public void A_region_of_the_callers_is_taken()
    {
        TimeSeries series = KnownSystems.Find("henon").Simulate(2000);
        DivergenceOfNeighbours result = LyapunovFromData.Rosenstein(series, new() { Region = (1, 3) }, Token);
        Assert.Equal((result.Curve[3] - result.Curve[1]) / 2, result.Exponent, 1e-12);
        Assert.Contains(
            "is not within the curve",
            Assert.Throws<ArgumentException>(() => LyapunovFromData.Rosenstein(series, new() { Region = (1, 3000) }, Token)).Message);
        Assert.Contains(
            "take a larger radius",
            Assert.Throws<ArgumentException>(() => LyapunovFromData.Kantz(series, 1e-9, cancellationToken: Token)).Message);
    }
}
