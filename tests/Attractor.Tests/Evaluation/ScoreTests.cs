using Attractor.Evaluation;
using Attractor.Systems;

namespace Attractor.Tests.Evaluation;

public sealed class ScoreTests
{
    private static readonly TimeSeries s_truth = Lorenz63.Default.Simulate(2000, 0.01, seed: 1);

    private static readonly EvaluationOptions s_options = new()
    {
        LyapunovSteps = 1000,
        ValidPredictionStarts = 5,
        MaximumPredictionStarts = 50
    };

    [Fact]
    public void What_is_asked_unless_said_otherwise_has_these_keys()
    {
        ModelEvaluation evaluation = Evaluate(s_options);
        Assert.Equal(
            ["d_stsp", "d_hellinger", "prediction_error_20", "valid_prediction_steps", "lyapunov_max"],
            evaluation.Scores.Select(s => s.Key));
        Assert.Equal(
            [
                "state-space divergence D_stsp",
                "power-spectrum distance D_H",
                "20-step prediction error",
                "valid prediction time, steps",
                "largest Lyapunov exponent"
            ],
            evaluation.Scores.Select(s => s.Label));
        Assert.Equal(evaluation.StateSpaceDivergence.Value, evaluation.Scores[0].Value);
        Assert.Equal(evaluation.PredictionError.Floor, evaluation.Scores[2].Floor);
        Assert.Null(evaluation.Scores[4].Floor);
        Assert.True(evaluation.Scores[4].IsRate);
    }

    [Fact]
    public void A_score_from_outside_stands_beside_the_others_with_its_floor()
    {
        ModelEvaluation evaluation = Evaluate(s_options with { Scores = [.. Reconstruction.DefaultScores, new MeanDistance()] });
        ScoreEntry score = evaluation.Scores[^1];
        Assert.Equal(("mean_distance", "means apart"), (score.Key, score.Label));
        Assert.Equal(new MeanDistance().Between(s_truth, evaluation.Generated, s_options), score.Value);
        // Of the halves of the data, as for the others.
        Assert.Equal(new MeanDistance().Between(s_truth.Slice(1000, 1000), s_truth.Slice(0, 1000), s_options), score.Floor);
        Assert.Equal(Evaluate(s_options).Scores, evaluation.Scores.SkipLast(1));
    }

    [Fact]
    public void What_was_not_asked_is_not_a_number()
    {
        ModelEvaluation evaluation = Evaluate(s_options with { Scores = [new MeanDistance()] });
        Assert.Equal(double.NaN, evaluation.StateSpaceDivergence.Value);
        Assert.Equal(double.NaN, evaluation.MaximumLyapunovExponent);
        Assert.Single(evaluation.Scores);
    }

    private static ModelEvaluation Evaluate(EvaluationOptions options)
        => Reconstruction.Evaluate(
            Lorenz63.Default.ToMap(0.01, new RungeKutta4(2)), s_truth, options, cancellationToken: TestContext.Current.CancellationToken);

    private sealed class MeanDistance : OrbitScore
    {
        public override string Key => "mean_distance";

        public override string Name => "Means apart";

        public override string Explanation => "Sum of the differences of the means.";

        public override double Between(TimeSeries truth, TimeSeries generated, EvaluationOptions options)
            => Enumerable.Range(0, truth.Dimension).Sum(d => Math.Abs(truth.Column(d).Average() - generated.Column(d).Average()));
    }
}
