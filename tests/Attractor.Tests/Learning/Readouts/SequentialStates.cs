using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Learning.Readouts;

/// <summary>The states of a reservoir, one step after the other from the state 0, with the targets fed back.</summary>
internal static class SequentialStates
{
    /// <summary>State t is the one after row t.</summary>
    public static double[][] Of(Reservoir reservoir, TeachingSeries series, double noise = 0, ulong seed = 0, int index = 0)
    {
        double[] r = new double[reservoir.Units], fed = new double[reservoir.Feedback];
        double[][] states = new double[series.Inputs.Length][];
        for (int t = 0; t < states.Length; t++)
        {
            reservoir.Step(r, series.Inputs.Row(t)[..reservoir.Inputs], fed, r);
            RandomStream random = new(seed, "state noise", ((ulong)index << 40) + (ulong)t);
            for (int i = 0; i < r.Length && noise > 0; i++)
                r[i] += noise * random.NextNormal();
            for (int k = 0; k < fed.Length; k++)
                fed[k] = double.IsNaN(series.Targets[t, k]) ? fed[k] : series.Targets[t, k];
            states[t] = [.. r];
        }
        return states;
    }

    /// <summary>The statistics of these states, as <see cref="ReadoutTraining"/> should collect them.</summary>
    public static RidgeStatistics Statistics(EchoStateNetwork network, IReadOnlyList<TeachingSeries> series, ReadoutOptions options)
    {
        RidgeStatistics statistics = new(network.FeatureCount, network.Outputs, options.Intercept);
        double[] features = new double[network.FeatureCount];
        for (int s = 0; s < series.Count; s++)
        {
            double[][] states = Of(network.Reservoir, series[s], options.StateNoise, options.Seed, s);
            for (int t = options.Washout; t < states.Length; t++)
            {
                network.Features.Write(states[t], series[s].Inputs.Row(t)[..network.Inputs], features);
                statistics.Add(features, series[s].Targets.Row(t), series[s].Weights?[t] ?? 1);
            }
        }
        return statistics;
    }
}
