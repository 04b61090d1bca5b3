using Attractor.Evaluation;
using Attractor.Systems;

namespace Attractor.Tests.Evaluation;

public sealed class ReconstructionTests
{
    private static readonly TimeSeries s_truth = Lorenz63.Default.Simulate(20_000, 0.01, seed: 1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void The_true_system_scores_like_an_independent_recording_of_it()
    {
        EvaluationOptions options = new() { LyapunovSteps = 50_000 };
        TimeSeries recording = Lorenz63.Default.Simulate(20_000, 0.01, seed: 2);
        NoiseFloors floors = NoiseFloors.OfRecording(s_truth, recording, options, Token);
        // Another step size: it leaves the recorded orbit after a while, and stays on the attractor.
        FlowMap system = Lorenz63.Default.ToMap(0.01, new RungeKutta4(2));
        ModelEvaluation result = Reconstruction.Evaluate(system, s_truth, options, floors, Token);

        Assert.True(result.Finite);
        Assert.Equal(s_truth.Length, result.Generated.Length);
        Assert.Equal(s_truth.Dt, result.Generated.Dt);
        Assert.InRange(result.StateSpaceDivergence.Value, 0.5 * floors.StateSpaceDivergence, 2 * floors.StateSpaceDivergence);
        Assert.InRange(result.HellingerDistance.Value, 0.5 * floors.HellingerDistance, 2 * floors.HellingerDistance);
        Assert.InRange(result.PredictionError.Value, 1e-16, 1e-6);
        Assert.InRange(result.PredictionError.Floor, 1e-3, 5);
        Assert.Equal(0.9056, result.MaximumLyapunovExponent / 0.01, 0.06);
        Assert.InRange(result.ValidPredictionSteps, 1000, 4000);
    }

    [Fact]
    public void Halves_of_the_data_give_a_floor_when_nothing_else_is_known()
    {
        Reconstruction same = Reconstruction.Compare(s_truth, s_truth, cancellationToken: Token);
        Assert.Equal(0, same.StateSpaceDivergence.Value, 1e-12);
        Assert.Equal(0, same.HellingerDistance.Value, 1e-7);
        Assert.InRange(same.StateSpaceDivergence.Floor, 0.1, 2);
        Assert.InRange(same.HellingerDistance.Floor, 0.02, 0.3);
    }

    [Fact]
    public void A_model_that_explodes_is_reported_not_thrown()
    {
        ModelEvaluation result = Reconstruction.Evaluate(
            new Logistic(50), new([.. Enumerable.Range(0, 100).Select(t => 0.5 + (0.4 * Math.Sin(t)))], 1),
            cancellationToken: Token);
        Assert.False(result.Finite);
        Assert.Equal(double.NaN, result.StateSpaceDivergence.Value);
        Assert.Equal(double.NaN, result.HellingerDistance.Value);
        Assert.Equal(double.NaN, result.MaximumLyapunovExponent);
        Assert.False(double.IsFinite(result.PredictionError.Value));
        Assert.True(double.IsFinite(result.StateSpaceDivergence.Floor));
    }

    [Fact]
    public void The_protocol_drops_a_quarter_and_keeps_the_length()
    {
        Henon henon = new();
        TimeSeries truth = new([0.1, 0.2, 5, 5, 5, 5, 5, 5], 2, 0.5, ["u", "v"]);
        TimeSeries orbit = ComparedOrbit.Against(truth, henon, Token);
        double[] state = [0.1, 0.2];
        for (int t = 0; t < 5; t++)
        {
            if (t > 0)
            {
                henon.Step(state, state);
                Assert.Equal(state, orbit.Row(t - 1).ToArray());
            }
        }
        Assert.Equal(4, orbit.Length);
        Assert.Equal(["u", "v"], orbit.Names);
    }

    [Fact]
    public void A_half_without_movement_leaves_the_floor_unknown()
        => Assert.Equal(double.NaN, NoiseFloors.OfHalves(new([1, 2, 3, 4, 0, 0, 0, 0], 1), cancellationToken: Token).StateSpaceDivergence);

    [Fact]
    public void Published_recordings_of_Lorenz_63_give_the_known_floors()
    {
        TimeSeries train = SharedLorenz.Read("train.npy"), test = SharedLorenz.Read("test.npy");
        Assert.Equal(0.119, StateSpaceDivergence.Binned(test, train), 0.001);
        Assert.Equal(0.062, HellingerDistance.Between(test.Slice(0, 65_536), train.Slice(0, 65_536)), 0.001);
    }
}
