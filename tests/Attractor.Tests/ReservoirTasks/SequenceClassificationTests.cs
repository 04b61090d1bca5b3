using System.Numerics.Tensors;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Tests.ReservoirTasks;

/// <summary>Noisy pieces of Mackey-Glass recordings, to be told apart by their delay.</summary>
public sealed class SequenceClassificationTests
{
    private static readonly double[] s_delays = [14, 17, 20, 24, 30];

    [Fact]
    public void States_tell_more_than_the_mean_and_the_standard_deviation()
    {
        (TimeSeries Inputs, int Class)[] training = Sequences(1), test = Sequences(2);
        Standardization scale = new TimeSeries([.. training.SelectMany(s => s.Inputs.Values.ToArray())], 1).Standardize().Standardization!;
        training = [.. training.Select(s => (scale.Apply(s.Inputs), s.Class))];
        test = [.. test.Select(s => (scale.Apply(s.Inputs), s.Class))];
        Reservoir reservoir = new(1, new() { Units = 200, Leak = 0.3, SpectralRadius = 0.9, InputScale = 0.5, BiasScale = 0.5, Seed = 1 });
        double baseline = Accuracy(training, test, MeanAndDeviation);
        double last = Accuracy(training, test, s => reservoir.States(s).Row(s.Length - 1).ToArray());
        double mean = Accuracy(training, test, s => Mean(reservoir.States(s)));
        Assert.InRange(baseline, 0.2, 0.55);
        Assert.InRange(last, baseline + 0.05, 0.9);
        Assert.InRange(mean, 0.7, 1);
    }

    // A ridge readout of the features onto one output for each class; the largest wins.
    private static double Accuracy(
        (TimeSeries Inputs, int Class)[] training, (TimeSeries Inputs, int Class)[] test, Func<TimeSeries, double[]> features)
    {
        using RidgeStatistics statistics = new(features(training[0].Inputs).Length, s_delays.Length, intercept: true);
        foreach ((TimeSeries inputs, int label) in training)
            statistics.Add(features(inputs), [.. s_delays.Select((_, i) => i == label ? 1.0 : 0)]);
        RidgePath path = new(statistics);
        RidgeFit fit = path.Solve(path.GeneralizedCrossValidation().MinBy(point => point.Score).Ridge);
        return test.Average(s =>
        {
            double[] x = features(s.Inputs);
            double[] scores =
                [.. fit.Constants.Select((c, k) => c + TensorPrimitives.Dot<double>(fit.Weights.AsSpan(k * x.Length, x.Length), x))];
            return scores.IndexOf(scores.Max()) == s.Class ? 1.0 : 0;
        });
    }

    private static (TimeSeries Inputs, int Class)[] Sequences(ulong seed)
    {
        List<(TimeSeries, int)> sequences = [];
        for (int label = 0; label < s_delays.Length; label++)
        {
            RandomStream random = new(seed, "sequences", (ulong)label);
            double[] recording = (MackeyGlass.Default with { Delay = s_delays[label] }).Simulate(10_000, seed: seed).Column(0);
            for (int i = 0; i < 60; i++)
            {
                int rows = 60 + (int)random.NextInt64(81), start = (int)random.NextInt64(recording.Length - rows);
                sequences.Add((new([.. recording[start..(start + rows)].Select(x => x + (0.05 * random.NextNormal()))], 1), label));
            }
        }
        return [.. sequences];
    }

    private static double[] Mean(TimeSeries series) => [.. Enumerable.Range(0, series.Dimension).Select(n => series.Column(n).Average())];

    private static double[] MeanAndDeviation(TimeSeries series)
    {
        double[] x = series.Column(0);
        double mean = x.Average();
        return [mean, Math.Sqrt(x.Average(v => (v - mean) * (v - mean)))];
    }
}
