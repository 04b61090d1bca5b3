using Attractor.Evaluation;
using Attractor.Systems;

namespace Attractor.Tests.Evaluation;

/// <summary>Scores over several recordings.</summary>
public sealed class TrialScoringTests
{
    private static readonly EvaluationOptions s_options = new() { LyapunovSteps = 2000, PredictionSteps = 5 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Nothing_is_predicted_across_a_border()
    {
        // The second recording begins elsewhere on the attractor: a forecast from one into the other would be far off.
        Henon henon = new();
        TimeSeries[] trials = [Orbit(henon, 300, [0.1, 0.1]), Orbit(henon, 500, [-0.4, 0.2])];
        ModelEvaluation scores = Reconstruction.EvaluateTrials(henon, trials, s_options, cancellationToken: Token);
        Assert.Equal(0, scores.PredictionError.Value);
        Assert.Equal(2, scores.Trials.Count);
        Assert.Equal(800, scores.Rows);
        Assert.All(scores.Trials, trial => Assert.Null(trial.LeftOut));
        // Each of the starts is valid to the end of its own recording, which the longer one is from more of them.
        Assert.InRange(scores.ValidPredictionSteps, 100, 500);
    }

    [Fact]
    public void Geometry_is_that_of_all_rows_together_and_spectra_are_averaged_by_rows()
    {
        Henon henon = new(1.39, 0.3);
        TimeSeries[] trials = [Orbit(new Henon(), 400, [0.1, 0.1]), Orbit(new Henon(), 700, [-0.4, 0.2])];
        ModelEvaluation scores = Reconstruction.EvaluateTrials(henon, trials, s_options, cancellationToken: Token);
        TimeSeries[] orbits = [.. trials.Select(trial => ComparedOrbit.Against(trial, henon, Token))];
        Assert.Equal(
            StateSpaceDivergence.Binned(Joined(trials), Joined(orbits), scores.Form!.Bins), scores.StateSpaceDivergence.Value, 1e-12);
        double spectra = trials.Zip(orbits, (trial, orbit) => trial.Length * HellingerDistance.Between(trial, orbit)).Sum() / 1100;
        Assert.Equal(spectra, scores.HellingerDistance.Value, 1e-12);
        // A perfect model: second halves against first ones, all of them together.
        TimeSeries[] late = [trials[0].Slice(200, 200), trials[1].Slice(350, 350)];
        TimeSeries[] early = [trials[0].Slice(0, 200), trials[1].Slice(0, 350)];
        Assert.Equal(
            StateSpaceDivergence.Binned(Joined(late), Joined(early), scores.Form!.Bins), scores.StateSpaceDivergence.Floor, 1e-12);
        double forecast = trials.Sum(trial => (trial.Length - 5) * PredictionError.Of(henon, trial, 5, cancellationToken: Token)) / 1090;
        Assert.Equal(forecast, scores.PredictionError.Value, 1e-12);
    }

    [Fact]
    public void One_recording_scores_as_by_itself()
    {
        TimeSeries trial = Orbit(new Henon(), 400, [0.1, 0.1]);
        Henon model = new(1.39, 0.3);
        ModelEvaluation alone = Reconstruction.Evaluate(model, trial, s_options, cancellationToken: Token);
        ModelEvaluation listed = Reconstruction.EvaluateTrials(model, [trial], s_options, cancellationToken: Token);
        Assert.Empty(listed.Trials);
        Assert.Equal(
            alone.Scores.Select(s => (s.Key, s.Value, s.Floor, s.Ceiling)),
            listed.Scores.Select(s => (s.Key, s.Value, s.Floor, s.Ceiling)));
        // Twice the same recording: spectra and forecasts are those of one.
        ModelEvaluation twice = Reconstruction.EvaluateTrials(model, [trial, trial], s_options, cancellationToken: Token);
        Assert.Equal(alone.HellingerDistance.Value, twice.HellingerDistance.Value, 1e-15);
        Assert.Equal(alone.PredictionError.Value, twice.PredictionError.Value, 1e-12);
    }

    [Fact]
    public void A_recording_that_cannot_be_scored_is_left_out_and_named()
    {
        TimeSeries trial = Orbit(new Henon(), 400, [0.1, 0.1]), still = new(new double[200], 2), brief = trial.Slice(0, 3);
        ModelEvaluation scores = Reconstruction.EvaluateTrials(new Henon(), [still, trial, brief], s_options, cancellationToken: Token);
        Assert.Equal(["a variable is constant", null, "3 rows are too few"], scores.Trials.Select(t => t.LeftOut));
        Assert.Equal(400, scores.Rows);
        Assert.Equal(0, scores.PredictionError.Value);
        ArgumentException e = Assert.Throws<ArgumentException>(
            () => Reconstruction.EvaluateTrials(new Henon(), [still, brief], s_options, cancellationToken: Token));
        Assert.Contains("None of 2 recordings can be scored: a variable is constant", e.Message);
    }

    private static TimeSeries Orbit(Henon henon, int rows, double[] state)
    {
        double[] values = new double[2 * rows];
        for (int t = -50; t < rows; t++)
        {
            henon.Step(state, state);
            if (t >= 0)
                state.CopyTo(values, 2 * t);
        }
        return new(values, 2);
    }

    private static TimeSeries Joined(TimeSeries[] parts) => new([.. parts.SelectMany(part => part.Values.ToArray())], 2);
}
