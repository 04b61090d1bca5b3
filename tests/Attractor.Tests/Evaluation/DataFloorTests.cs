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
    public void Gaps_are_passed_over()
    {
        double[] values = Lorenz63.Default.Simulate(4000, 0.02).Values.ToArray();
        values[300] = double.NaN;
        DataFloor floor = DataFloor.Of(new(values, 3), cancellationToken: Token);
        Assert.True(floor.Scores[0].IsDecidable);
        Assert.All(floor.Baselines, b => Assert.False(double.IsNaN(b.Divergence)));
    }
}
