using System.Numerics;
using Attractor.Evaluation;
using Attractor.Systems;

namespace Attractor.Tests.Evaluation;

public sealed class BaselineTests
{
    private static readonly TimeSeries s_lorenz = Lorenz63.Default.Simulate(1500, 0.05, seed: 1);

    /// <summary>|X_k| and X_k conj(Y_k) are those of the data, of even and odd lengths, for all frequencies.</summary>
    [Theory]
    [InlineData(1500)]
    [InlineData(1499)]
    [InlineData(2)]
    [InlineData(1)]
    public void A_surrogate_keeps_the_spectra_and_the_cross_spectra(int rows)
    {
        TimeSeries data = s_lorenz.Slice(0, rows), surrogate = PhaseRandomizedSurrogate.Of(data, seed: 3);
        Complex[][] expected = Spectra(data), found = Spectra(surrogate);
        double scale = expected.Max(spectrum => spectrum.Max(x => x.Magnitude));
        for (int n = 0; n < 3; n++)
            for (int m = 0; m < 3; m++)
                for (int k = 0; k < rows; k++)
                {
                    Assert.Equal(expected[n][k].Magnitude, found[n][k].Magnitude, 1e-9 * scale);
                    Complex cross = expected[n][k] * Complex.Conjugate(expected[m][k]), kept = found[n][k] * Complex.Conjugate(found[m][k]);
                    Assert.True((cross - kept).Magnitude <= 1e-9 * scale * scale, $"{n} {m} {k}");
                }
    }

    [Fact]
    public void A_floor_takes_as_few_rows_as_it_says()
    {
        Assert.NotEmpty(DataFloor.Of(s_lorenz.Slice(0, DataFloor.FewestRows)).Lengths);
        Assert.Throws<ArgumentException>(() => DataFloor.Of(s_lorenz.Slice(0, DataFloor.FewestRows - 1)));
    }

    [Fact]
    public void A_surrogate_is_another_series_of_its_seed()
    {
        TimeSeries one = PhaseRandomizedSurrogate.Of(s_lorenz, 1), two = PhaseRandomizedSurrogate.Of(s_lorenz, 2);
        Assert.Equal(one.Values.ToArray(), PhaseRandomizedSurrogate.Of(s_lorenz, 1).Values.ToArray());
        Assert.NotEqual(one.Values.ToArray(), two.Values.ToArray());
        // A linear Gaussian process looks the same backwards in time; z of the attractor rises faster than it falls.
        Assert.True(Math.Abs(Asymmetry(one)) < 0.2 * Math.Abs(Asymmetry(s_lorenz)), $"{Asymmetry(one)} {Asymmetry(s_lorenz)}");
        Assert.Equal(s_lorenz.Names, one.Names);

        static double Asymmetry(TimeSeries series)
        {
            double[] z = series.Column(2);
            return z.Skip(1).Zip(z, (next, now) => Math.Pow(next - now, 3)).Average();
        }
    }

    [Fact]
    public void Noise_has_the_mean_and_the_covariance_of_the_data_and_no_memory()
    {
        TimeSeries data = Lorenz63.Default.Simulate(50_000, 0.05, seed: 1), noise = GaussianSurrogate.Of(data, 4);
        for (int n = 0; n < 3; n++)
        {
            double scale = Math.Sqrt(Covariance(data, n, n, 0));
            Assert.Equal(data.Column(n).Average(), noise.Column(n).Average(), 0.03 * scale);
            for (int m = 0; m < 3; m++)
            {
                double other = Math.Sqrt(Covariance(data, m, m, 0));
                Assert.Equal(Covariance(data, n, m, 0), Covariance(noise, n, m, 0), 0.03 * scale * other);
                Assert.Equal(0, Covariance(noise, n, m, 1), 0.03 * scale * other);
            }
        }
    }

    [Fact]
    public void A_surrogate_of_rows_with_gaps_is_refused()
    {
        TimeSeries gap = new([1, double.NaN, 2], 1);
        Assert.Contains("complete rows", Assert.Throws<ArgumentException>(() => PhaseRandomizedSurrogate.Of(gap)).Message);
        Assert.Contains("complete rows", Assert.Throws<ArgumentException>(() => GaussianSurrogate.Of(gap)).Message);
    }

    /// <summary>PE(n) of the identity is the mean square of the increments over n rows.</summary>
    [Fact]
    public void Persistence_errs_by_the_increments()
    {
        double expected = 0;
        for (int t = 0; t + 20 < s_lorenz.Length; t++)
            for (int n = 0; n < 3; n++)
                expected += (s_lorenz[t + 20, n] - s_lorenz[t, n]) * (s_lorenz[t + 20, n] - s_lorenz[t, n]);
        expected /= 3 * (s_lorenz.Length - 20);
        Assert.Equal(expected, PredictionError.Of(new Persistence(3), s_lorenz), 1e-10 * expected);
        double[] jacobian = new double[9];
        new Persistence(3).Jacobian([1, 2, 3], jacobian);
        Assert.Equal([1, 0, 0, 0, 1, 0, 0, 0, 1], jacobian);
    }

    [Fact]
    public void A_parrot_that_has_heard_it_before_says_it_to_the_bit()
    {
        ContextParroting parrot = new(s_lorenz);
        TimeSeries told = parrot.Continue(s_lorenz.Slice(400, 50), row: 30, steps: 200);
        Assert.Equal(s_lorenz.Slice(431, 200).Values.ToArray(), told.Values.ToArray());
    }

    /// <summary>Of a period that it has heard once the parrot goes on for ever, past the end of what it has heard.</summary>
    [Fact]
    public void A_parrot_goes_on_with_a_period()
    {
        static TimeSeries Periodic(int from, int rows)
            => new([.. Enumerable.Range(from, rows).Select(t => Math.Sin(2 * Math.PI * (t % 17) / 17))], 1);
        ContextParroting parrot = new(Periodic(0, 60));
        TimeSeries told = parrot.Continue(Periodic(0, 40), row: 39, steps: 500);
        Assert.Equal(Periodic(40, 500).Values.ToArray(), told.Values.ToArray());
        Assert.Equal(0, parrot.PredictionErrorOn(Periodic(100, 90), 20, 1000, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Gaps_in_the_context_are_no_analogues_and_too_short_a_one_is_refused()
    {
        double[] values = s_lorenz.Values.ToArray();
        values[3 * 700] = double.NaN;
        TimeSeries told = new ContextParroting(new(values, 3)).Continue(s_lorenz, row: 650, steps: 300);
        Assert.Null(told.FindNonFinite());
        Assert.Equal(s_lorenz.Slice(651, 49).Values.ToArray(), told.Slice(0, 49).Values.ToArray());
        Assert.Contains("among 10 rows", Assert.Throws<ArgumentException>(() => new ContextParroting(s_lorenz.Slice(0, 10))).Message);
    }

    private static double Covariance(TimeSeries series, int n, int m, int lag)
    {
        double[] x = series.Column(n), y = series.Column(m);
        (double meanX, double meanY) = (x.Average(), y.Average());
        return Enumerable.Range(0, x.Length - lag).Average(t => (x[t] - meanX) * (y[t + lag] - meanY));
    }

    // Plain sums of N^2 products, independent of the fast transform.
    private static Complex[][] Spectra(TimeSeries series)
    {
        int rows = series.Length;
        Complex[] roots = [.. Enumerable.Range(0, rows).Select(k => Complex.FromPolarCoordinates(1, -2 * Math.PI * k / rows))];
        return [.. Enumerable.Range(0, 3).Select(n => series.Column(n)).Select(column => Enumerable.Range(0, rows).Select(k =>
        {
            Complex sum = 0;
            for (int t = 0; t < rows; t++)
                sum += column[t] * roots[(int)((long)k * t % rows)];
            return sum;
        }).ToArray())];
    }
}
