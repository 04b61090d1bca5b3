using Attractor.Evaluation;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Tests.Evaluation;

/// <summary>D_stsp of many variables and of few rows can fail, and says so where it cannot.</summary>
public sealed class DivergenceFormTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>
    /// The histogram of 30^N bins scores white noise better than another run of the system; the form for many variables must not.
    /// </summary>
    [Theory]
    [InlineData(8)]
    [InlineData(10)]
    public void White_noise_is_clearly_worse_than_the_system_at_eight_and_ten_variables(int variables)
    {
        Lorenz96 ring = new(variables);
        TimeSeries truth = ring.Simulate(5000, 0.05, seed: 1), run = ring.Simulate(5000, 0.05, seed: 2), noise = White(truth);
        EvaluationOptions options = new();
        double system = new DivergenceScore().Between(truth, run, options), white = new DivergenceScore().Between(truth, noise, options);
        Assert.True(white > 3 * system, $"{white} {system}");
        Assert.True(
            StateSpaceDivergence.Binned(truth, noise) < 1.5 * StateSpaceDivergence.Binned(truth, run),
            "the histogram of all variables serves");
        (double mixture, double whiteMixture) =
            (new MixtureScore().Between(truth, run, options), new MixtureScore().Between(truth, noise, options));
        Assert.True(whiteMixture > 2 * mixture, $"{whiteMixture} {mixture}");
    }

    [Fact]
    public void Three_variables_with_rows_enough_are_binned_as_published()
    {
        TimeSeries truth = Lorenz63.Default.Simulate(20_000, 0.01, seed: 1), run = Lorenz63.Default.Simulate(20_000, 0.01, seed: 2);
        DivergenceForm form = DivergenceForm.Of(truth);
        Assert.Equal(("binned", 30, null), (form.Name, form.Bins, form.Components));
        Assert.Equal(StateSpaceDivergence.Binned(truth, run), form.Between(truth, run));
        Assert.Equal(
            StateSpaceDivergence.Binned(truth, run),
            Reconstruction.Compare(truth, run, cancellationToken: Token).StateSpaceDivergence.Value);
        Assert.Equal(
            StateSpaceDivergence.Binned(truth.Slice(10_000, 10_000), truth.Slice(0, 10_000)),
            NoiseFloors.OfHalves(truth, cancellationToken: Token).StateSpaceDivergence);
    }

    [Fact]
    public void Few_rows_get_fewer_bins_and_a_floor_below_the_ceiling()
    {
        TimeSeries truth = Lorenz63.Default.Simulate(1500, 0.05, seed: 1);
        DivergenceForm form = DivergenceForm.Of(truth);
        Assert.InRange(form.Bins, 5, 15);
        Assert.True(RowsPerOccupiedBin(truth, form.Bins) >= 5 && RowsPerOccupiedBin(truth, form.Bins + 1) < 5);
        ScoreEntry score = Evaluate(Lorenz63.Default.ToMap(0.05), truth);
        Assert.True(score.IsDecidable, $"{score}");
        Assert.Null(score.UndecidableReason);
    }

    /// <summary>Components of the correlations: the number does not change with the units of a variable, nor with their order.</summary>
    [Fact]
    public void Units_do_not_matter()
    {
        TimeSeries truth = new Lorenz96(5).Simulate(4000, 0.05, seed: 1), run = new Lorenz96(5).Simulate(4000, 0.05, seed: 2);
        double expected = DivergenceForm.Of(truth).Between(truth, run);
        TimeSeries scaledTruth = Scaled(truth), scaledRun = Scaled(run);
        Assert.Equal(expected, DivergenceForm.Of(scaledTruth).Between(scaledTruth, scaledRun), 0.02 * expected);
        double mixture = new MixtureScore().Between(truth, run, new());
        Assert.Equal(mixture, new MixtureScore().Between(scaledTruth, scaledRun, new()), 1e-9);
        // Unless it is said, of the variance of one variable.
        Assert.Equal(mixture, new MixtureScore().Between(truth, run, new() { MixtureVariance = 1 }));

        static TimeSeries Scaled(TimeSeries series)
            => new([.. Enumerable.Range(0, series.Values.Length).Select(i => series.Values[i] * Math.Pow(10, i % 5 - 2))], 5);
    }

    /// <summary>
    /// Noise is its own phase-randomised surrogate: nothing in its geometry is beyond the ceiling, and too few rows tell nothing at all.
    /// </summary>
    [Fact]
    public void A_score_that_cannot_fail_says_so()
    {
        RandomStream random = new(0, "test");
        TimeSeries noise = new([.. Enumerable.Range(0, 300).Select(_ => random.NextNormal())], 5);
        ScoreEntry[] scores = [.. Reconstruction.Evaluate(
            new Persistence(5), noise, new() { Scores = [new DivergenceScore(), new SpectrumScore()] }, cancellationToken: Token).Scores];
        Assert.False(scores[0].IsDecidable);
        Assert.Contains("cannot tell them apart", scores[0].UndecidableReason, StringComparison.Ordinal);
        Assert.Contains("D_H of 60 rows", scores[1].Warning, StringComparison.Ordinal);
        Assert.Null(Reconstruction.Evaluate(
            new Persistence(5), new Lorenz96(5).Simulate(1000, 0.05), new() { Scores = [new SpectrumScore()] }, cancellationToken: Token)
            .Scores.Single().Warning);
    }

    [Fact]
    public void Rows_with_gaps_are_passed_over()
    {
        TimeSeries truth = new Lorenz96(5).Simulate(4000, 0.05, seed: 1);
        double[] gap = truth.Values.ToArray();
        gap[5 * 2000] = double.NaN;
        DivergenceForm whole = DivergenceForm.Of(truth), form = DivergenceForm.Of(new(gap, 5));
        Assert.InRange(form.Bins, whole.Bins - 1, whole.Bins + 1);
        Assert.Equal(0, form.Between(new(gap, 5), new(gap, 5)), 1e-12);
        Assert.True(double.IsFinite(Evaluate(new Lorenz96(5).ToMap(0.05), new(gap, 5)).Ceiling!.Value));
    }

    private static ScoreEntry Evaluate(IObservedMap model, TimeSeries truth)
        => Reconstruction.Evaluate(model, truth, new() { Scores = [new DivergenceScore()] }, cancellationToken: Token).Scores.Single();

    private static double RowsPerOccupiedBin(TimeSeries truth, int bins)
    {
        HashSet<(int, int, int)> occupied = [];
        int[][] columns = [.. Enumerable.Range(0, 3).Select(n => Bins(truth.Column(n)))];
        for (int t = 0; t < truth.Length; t++)
            occupied.Add((columns[0][t], columns[1][t], columns[2][t]));
        return (double)truth.Length / occupied.Count;

        int[] Bins(double[] x)
        {
            double mean = x.Average(), sd = Math.Sqrt(x.Sum(v => (v - mean) * (v - mean)) / (x.Length - 1));
            double low = x.Min() - (0.1 * sd), width = (x.Max() + (0.1 * sd) - low) / bins;
            return [.. x.Select(v => (int)((v - low) / width))];
        }
    }

    private static TimeSeries White(TimeSeries truth)
    {
        RandomStream random = new(7, "white");
        double[] values = new double[truth.Values.Length];
        double[] mean = [.. Enumerable.Range(0, truth.Dimension).Select(n => truth.Column(n).Average())];
        double[] sd = [.. mean.Select((m, n) => Math.Sqrt(truth.Column(n).Average(x => (x - m) * (x - m))))];
        for (int i = 0; i < values.Length; i++)
            values[i] = mean[i % mean.Length] + (sd[i % mean.Length] * random.NextNormal());
        return new(values, truth.Dimension);
    }
}
