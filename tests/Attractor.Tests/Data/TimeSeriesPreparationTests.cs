using Attractor.Data;

namespace Attractor.Tests.Data;

public sealed class TimeSeriesPreparationTests
{
    // Mean 2, 40 and deviation sqrt(2/3), 10 * sqrt(8/3) by hand; the missing values do not count.
    private static readonly TimeSeries s_series = new([1, 20, 2, double.NaN, 3, 60, double.NaN, 40], 2, 0.5, ["a", "b"]);

    [Fact]
    public void Standardizing_uses_the_population_deviation_and_leaves_missing_values_missing()
    {
        TimeSeries z = s_series.Standardize();
        double a = Math.Sqrt(2 / 3.0), b = 10 * Math.Sqrt(8 / 3.0);
        double[] expected = [-1 / a, -20 / b, 0, double.NaN, 1 / a, 20 / b, double.NaN, 0];
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], z.Values[i], 1e-14);
        Assert.Equal([2, 40], z.Standardization!.Mean);
        Assert.Equal(a, z.Standardization.Scale[0], 1e-15);
        Assert.Equal((0.5, "a", "b"), (z.Dt, z.Names[0], z.Names[1]));
    }

    [Fact]
    public void Statistics_stay_accurate_far_from_zero()
    {
        double[] values = [.. Enumerable.Range(0, 100_000).Select(i => 1e9 + (i % 2))];
        TimeSeries z = new TimeSeries(values, 1).Standardize();
        Assert.Equal(0.5, z.Standardization!.Scale[0], 1e-12);
        Assert.Equal(1e9 + 0.5, z.Standardization.Mean[0]);
        Assert.Equal(-1, z[0, 0], 1e-12);
    }

    [Fact]
    public void Undo_gives_the_data_back()
    {
        TimeSeries z = s_series.Standardize();
        TimeSeries back = z.Standardization!.Undo(z);
        for (int i = 0; i < s_series.Values.Length; i++)
            Assert.Equal(s_series.Values[i], back.Values[i], 1e-13);
        Assert.Null(back.Standardization);
    }

    [Fact]
    public void Standardizing_twice_remembers_the_way_back_to_the_original_units()
    {
        TimeSeries once = s_series.Standardize();
        TimeSeries twice = new TimeSeries([.. once.Slice(0, 3).Values], 2) { Standardization = once.Standardization }
            .Columns(0)
            .Standardize();
        Assert.Equal(1.0, twice.Standardization!.Undo(twice)[0, 0], 1e-13);
        Assert.Equal(3.0, twice.Standardization!.Undo(twice)[2, 0], 1e-13);
    }

    [Fact]
    public void Apply_puts_other_data_into_the_same_units()
    {
        TimeSeries z = s_series.Standardize();
        TimeSeries applied = z.Standardization!.Apply(s_series);
        Assert.Equal(z.Values.ToArray(), applied.Values.ToArray());
        ArgumentException e = Assert.Throws<ArgumentException>(() => z.Standardization.Apply(new TimeSeries([1, 2, 3], 3)));
        Assert.Contains("Expected a series of 2 variables", e.Message, StringComparison.Ordinal);
        Assert.Contains("found 3", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 1, 0.1, 2, 0.1, 3, 0.1 }, "Column 'b' is constant (0.1 in all 3 rows)")]
    [InlineData(new[] { 1, double.NaN, 2, 7, 3, double.NaN }, "Column 'b' is constant (7 in all 1 rows)")]
    [InlineData(new[] { 1, double.NaN, 2, double.NaN }, "Column 'b' holds no value in 2 rows")]
    [InlineData(new[] { 1, 5, 2, double.NegativeInfinity }, "Column 'b' is infinite in row 1 (counting from 0)")]
    [InlineData(new[] { 1, 1e308, 2, -1e308 }, "Column 'b' spans -1E+308 to 1E+308")]
    public void A_column_that_cannot_be_standardised_is_named(double[] values, string message)
    {
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => new TimeSeries(values, 2, names: ["a", "b"]).Standardize());
        Assert.StartsWith(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Noise_has_the_asked_share_of_each_variables_deviation()
    {
        TimeSeries clean = new([.. Enumerable.Range(0, 40_000).Select(i => Math.Sin(i / 2) * (i % 2 == 0 ? 1 : 1000))], 2);
        TimeSeries noisy = clean.WithNoise(0.05, seed: 3);
        for (int n = 0; n < 2; n++)
        {
            double[] noise = [.. clean.Column(n).Zip(noisy.Column(n), (x, y) => y - x)];
            double deviation = Math.Sqrt(noise.Sum(x => x * x) / noise.Length);
            Assert.Equal(0.05, deviation / ColumnMoments.Of(clean, n).Deviation, 0.001);
        }
        Assert.Equal(noisy.Values.ToArray(), clean.WithNoise(0.05, seed: 3).Values.ToArray());
        Assert.NotEqual(noisy[0, 0], clean.WithNoise(0.05, seed: 4)[0, 0]);
    }

    [Fact]
    public void No_noise_changes_nothing_and_missing_values_stay_missing()
    {
        Assert.Equal(s_series.Values.ToArray(), s_series.WithNoise(0, 1).Values.ToArray());
        Assert.Equal(2, s_series.WithNoise(1, 1).CountMissing());
        Assert.Throws<ArgumentOutOfRangeException>(() => s_series.WithNoise(-0.1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_series.WithNoise(double.NaN, 1));
    }

    [Fact]
    public void Split_cuts_in_time()
    {
        TimeSeries series = new([.. Enumerable.Range(0, 20).Select(i => (double)i)], 2);
        (TimeSeries first, TimeSeries second) = series.Split(0.75);
        Assert.Equal((7, 3), (first.Length, second.Length));
        Assert.Equal(13, first[6, 1]);
        Assert.Equal(14, second[0, 0]);
        foreach (double fraction in new[] { 0, 1, -0.5, double.NaN, 0.01 })
            Assert.Throws<ArgumentOutOfRangeException>(() => series.Split(fraction));
    }

    [Fact]
    public void Columns_are_chosen_by_position_or_name_and_keep_their_standardisation()
    {
        TimeSeries z = s_series.Standardize();
        foreach (TimeSeries chosen in new[] { z.Columns(1, 0), z.Columns("b", "a") })
        {
            Assert.Equal(["b", "a"], chosen.Names);
            Assert.Equal(z[2, 1], chosen[2, 0]);
            Assert.Equal(z[2, 0], chosen[2, 1]);
            Assert.Equal(40, chosen.Standardization!.Mean[0]);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => z.Columns(2));
        Assert.Contains(
            "no column 'c'; the columns are a, b",
            Assert.Throws<ArgumentException>(() => z.Columns("c")).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => z.Columns(ReadOnlySpan<int>.Empty));
    }
}
