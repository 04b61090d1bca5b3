using Attractor.Evaluation;
using Attractor.Systems;

namespace Attractor.Tests.Evaluation;

public sealed class NoiseFloorTests
{
    private static readonly EvaluationOptions s_options = new() { SpectrumSmoothing = 3, PredictionSteps = 5 };

    [Fact]
    public void The_first_half_stands_for_the_model_and_the_second_for_the_truth()
    {
        // A drift makes the halves unlike, and every score of one against the other unlike the one of the other against the one.
        TimeSeries truth = new(
            [.. Enumerable.Range(0, 801).SelectMany(t => (double[])[Math.Sin(0.3 * t) * (1 + (t / 400.0)), t * 0.01])], 2);
        NoiseFloors floors = NoiseFloors.OfHalves(truth, s_options);
        TimeSeries first = truth.Slice(0, 400), second = truth.Slice(401, 400);
        Assert.Equal(second.Values.ToArray(), floors.Reference!.Value.Truth.Values.ToArray());
        Assert.Equal(first.Values.ToArray(), floors.Reference.Value.Orbit.Values.ToArray());
        EvaluationOptions whole = s_options with { Form = DivergenceForm.Of(truth, s_options.Bins) };
        double there = NoiseFloors.Divergence(second, first, whole), back = NoiseFloors.Divergence(first, second, whole);
        Assert.Equal(there, floors.StateSpaceDivergence);
        Assert.NotEqual(there, back);
        double forecast = PredictionError.OfAnalogues(first, second, 5, NoiseFloors.MostAnalogueStarts, default);
        Assert.Equal(forecast, floors.PredictionError);
        Assert.NotEqual(forecast, PredictionError.OfAnalogues(second, first, 5, NoiseFloors.MostAnalogueStarts, default));
    }

    [Fact]
    public void The_true_system_forecasts_itself_and_its_orbit_is_what_is_compared()
    {
        SystemDefinition henon = KnownSystems.Find("henon");
        TimeSeries truth = henon.Simulate(2000);
        IObservedMap map = henon.ToMap();
        NoiseFloors floors = NoiseFloors.OfSystem(truth, map, s_options);
        Assert.Equal(0, floors.PredictionError, 1e-12);
        TimeSeries orbit = floors.Reference!.Value.Orbit;
        Assert.Equal(truth.Dimension, orbit.Dimension);
        Assert.Equal(ComparedOrbit.Against(truth, map, TestContext.Current.CancellationToken).Values.ToArray(), orbit.Values.ToArray());
        Assert.NotEqual(truth.Values.ToArray(), orbit.Values.ToArray());
        Assert.Equal(NoiseFloors.Divergence(truth, orbit, s_options), floors.StateSpaceDivergence);
        Assert.Equal(HellingerDistance.Between(truth, orbit, 3), floors.HellingerDistance);
        Assert.InRange(floors.HellingerDistance, 0, 0.2);
        // Each row of the orbit is the map of the one before.
        double[] next = new double[2];
        for (int t = 0; t < 20; t++)
        {
            map.Step(orbit.Row(t), next);
            Assert.Equal(next, orbit.Row(t + 1).ToArray());
        }
    }
}
