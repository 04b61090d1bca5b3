using Attractor.Evaluation;
using Attractor.Systems;

namespace Attractor.Tests.Evaluation;

public sealed class DataFloorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Half of the rows are the halves of an evaluation: the same numbers.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    public void The_floor_of_half_the_rows_is_that_of_an_evaluation(int variables)
    {
        TimeSeries data = variables == 3 ? Lorenz63.Default.Simulate(8000, 0.02) : new Lorenz96(variables).Simulate(4000, 0.05);
        DataFloor floor = DataFloor.Of(data, cancellationToken: Token);
        ModelEvaluation evaluation = Reconstruction.Evaluate(
            new Persistence(variables), data, new() { Scores = [new DivergenceScore(), new SpectrumScore()] }, cancellationToken: Token);
        NoiseFloors halves = NoiseFloors.OfHalves(data, cancellationToken: Token);
        FloorOfLength half = floor.Lengths[^1];
        Assert.Equal((halves.StateSpaceDivergence, halves.HellingerDistance), (half.Divergence, half.Spectrum));
        Assert.Equal(halves.PredictionError, half.PredictionError);
        for (int i = 0; i < 2; i++)
            Assert.Equal((evaluation.Scores[i].Floor, evaluation.Scores[i].Ceiling), (floor.Scores[i].Floor, floor.Scores[i].Ceiling));
        Assert.Equal(evaluation.Form!.Bins, floor.Form.Bins);
        Assert.Equal(half.Divergence, half.DivergenceByBins.Single(b => b.Bins == floor.Form.Bins).Divergence);
        Assert.Equal(variables == 3 ? 2 : 3, floor.Scores.Count);
    }

    [Fact]
    public void A_variable_that_stands_still_and_too_few_rows_are_named()
    {
        TimeSeries data = Lorenz63.Default.Simulate(200, 0.02);
        Assert.Contains("at least 100 rows, found 99", Assert.Throws<ArgumentException>(() => DataFloor.Of(data.Slice(0, 99))).Message);
        double[] still = [.. data.Values.ToArray().Select((x, i) => i % 3 == 1 ? 5 : x)];
        TimeSeries constant = new(still, 3, 1, data.Names);
        Assert.Contains("'y' of the data is constant", Assert.Throws<ArgumentException>(() => DataFloor.Of(constant)).Message);
    }

    [Fact]
    public void Of_trials_the_rows_are_pooled_and_none_is_compared_across_a_border()
    {
        TimeSeries[] trials = [.. Enumerable.Range(0, 3).Select(k => Lorenz63.Default.Simulate(900 + (300 * k), 0.02, seed: (ulong)k))];
        TimeSeries still = new([.. Enumerable.Range(0, 600).Select(i => i % 3 == 1 ? 5.0 : i)], 3, 0.02, trials[0].Names);
        DataFloor floor = DataFloor.OfTrials([.. trials, trials[0].Slice(0, 50), still], cancellationToken: Token);
        ModelEvaluation evaluation = Reconstruction.EvaluateTrials(
            new Persistence(3), trials, new() { Scores = [new DivergenceScore(), new SpectrumScore()] }, cancellationToken: Token);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(evaluation.Scores[i].Floor!.Value, floor.Scores[i].Floor!.Value, 1e-12);
            Assert.Equal(evaluation.Scores[i].Ceiling!.Value, floor.Scores[i].Ceiling!.Value, 1e-12);
        }
        Assert.Equal([449, 900, 1800], floor.Lengths.Select(length => length.Rows));
        // Of what is the same twice, the spectra are those of one of the two.
        DataFloor one = DataFloor.Of(trials[2], cancellationToken: Token), twice = DataFloor.OfTrials([trials[2], trials[2]], null, Token);
        Assert.Equal(one.Lengths[2].Spectrum, twice.Lengths[2].Spectrum, 1e-12);
        foreach ((BaselineScores single, BaselineScores pooled) in one.Baselines.Zip(twice.Baselines))
            Assert.Equal((single.Key, single.Spectrum), (pooled.Key, pooled.Spectrum));
        Assert.Equal("it has fewer than 100 rows", DataFloor.WhyNot(trials[0].Slice(0, 50)));
        Assert.Equal("'y' is constant in it", DataFloor.WhyNot(still));
        Assert.Contains("None of 1 recordings", Assert.Throws<ArgumentException>(() => DataFloor.OfTrials([still])).Message);
    }

    [Fact]
    public void Gaps_are_passed_over()
    {
        double[] values = Lorenz63.Default.Simulate(4000, 0.02).Values.ToArray();
        values[300] = double.NaN;
        DataFloor floor = DataFloor.Of(new(values, 3), cancellationToken: Token);
        Assert.True(floor.Scores[0].IsDecidable);
        Assert.All(floor.Baselines, b => Assert.False(double.IsNaN(b.Divergence)));
    }
}
