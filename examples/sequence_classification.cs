#!/usr/bin/env dotnet
#:project ../src/Attractor
#:property PublishAot=false
#:property AssemblyName=SequenceClassification

// Which delay made this sequence? Noisy pieces of Mackey-Glass recordings, 60 to 140 rows long, are told apart by the states that they
// leave in a reservoir: a ridge readout onto one output for each class, of the last state or of the mean one.
// usage: dotnet run examples/sequence_classification.cs [seed]

using System.Globalization;
using System.Numerics.Tensors;
using Attractor;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Systems;

const int PerClass = 80, Shortest = 60, Longest = 140;
const double Noise = 0.05;
double[] delays = [14, 17, 20, 24, 30];
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
ulong seed = args.Length > 0 ? ulong.Parse(args[0]) : 1;

(TimeSeries Inputs, int Class)[] training = Sequences("training"), test = Sequences("test");
// All on the scale of the training values together: a scale for each sequence would take away what the baseline lives on.
Standardization scale = new TimeSeries([.. training.SelectMany(s => s.Inputs.Values.ToArray())], 1).Standardize().Standardization!;
training = [.. training.Select(s => (scale.Apply(s.Inputs), s.Class))];
test = [.. test.Select(s => (scale.Apply(s.Inputs), s.Class))];
Reservoir reservoir = new(
    inputs: 1, new() { Units = 300, Leak = 0.3, SpectralRadius = 0.9, InputScale = 0.5, BiasScale = 0.5, Seed = seed });
Console.WriteLine(
    $"{delays.Length} delays ({string.Join(", ", delays)}), {training.Length} sequences to train on and {test.Length} to test, noise of "
    + $"{Noise / scale.Scale[0]:g2} standard deviations");
Print("last state", sequence => reservoir.States(sequence).Row(sequence.Length - 1).ToArray());
Print("mean state", sequence => Mean(reservoir.States(sequence)));
Console.WriteLine($"{"nearest class in mean and standard deviation",-48} {NearestClass():p1}");

void Print(string name, Func<TimeSeries, double[]> features)
    => Console.WriteLine($"{"ridge on the " + name,-48} {Accuracy(features):p1}");

double Accuracy(Func<TimeSeries, double[]> features)
{
    using RidgeStatistics statistics = new(reservoir.Units, delays.Length, intercept: true);
    foreach ((TimeSeries sequence, int label) in training)
    {
        double[] target = new double[delays.Length];
        target[label] = 1;
        statistics.Add(features(sequence), target);
    }
    RidgePath path = new(statistics);
    RidgeFit fit = path.Solve(path.GeneralizedCrossValidation().MinBy(point => point.Score).Ridge);
    return test.Average(s =>
    {
        double[] state = features(s.Inputs);
        double[] scores =
        [
            .. fit.Constants.Select((c, k) => c + TensorPrimitives.Dot<double>(fit.Weights.AsSpan(k * state.Length, state.Length), state))
        ];
        return scores.IndexOf(scores.Max()) == s.Class ? 1.0 : 0;
    });
}

// The mean and the standard deviation of a sequence against the means of these two over each class, in units of their spread.
double NearestClass()
{
    double[][] moments = [.. training.Select(s => Moments(s.Inputs))];
    double[] spread = [.. Enumerable.Range(0, 2).Select(i => Moments(new([.. moments.Select(m => m[i])], 1))[1])];
    double[][] centres = [.. delays.Select(
        (_, label) => Mean(new([.. training.Index().Where(s => s.Item.Class == label).SelectMany(s => moments[s.Index])], 2)))];
    return test.Average(s =>
    {
        double[] found = Moments(s.Inputs);
        double[] distances = [.. centres.Select(c => Enumerable.Range(0, 2).Sum(i => Math.Pow((found[i] - c[i]) / spread[i], 2)))];
        return distances.IndexOf(distances.Min()) == s.Class ? 1.0 : 0;
    });
}

// Pieces of one long recording of each class; training and test recordings begin with different histories.
(TimeSeries Inputs, int Class)[] Sequences(string purpose)
{
    List<(TimeSeries, int)> sequences = [];
    for (int label = 0; label < delays.Length; label++)
    {
        RandomStream random = new(seed, purpose, (ulong)label);
        TimeSeries recording = (MackeyGlass.Default with { Delay = delays[label] }).Simulate(20_000, seed: random.NextUInt64());
        for (int i = 0; i < PerClass; i++)
        {
            int rows = Shortest + (int)random.NextInt64(Longest - Shortest + 1), start = (int)random.NextInt64(recording.Length - rows);
            double[] values = recording.Slice(start, rows).Column(0);
            sequences.Add((new([.. values.Select(x => x + (Noise * random.NextNormal()))], 1), label));
        }
    }
    return [.. sequences];
}

static double[] Mean(TimeSeries series) => [.. Enumerable.Range(0, series.Dimension).Select(n => series.Column(n).Average())];

static double[] Moments(TimeSeries series)
{
    double[] x = series.Column(0);
    double mean = x.Average();
    return [mean, Math.Sqrt(x.Average(v => (v - mean) * (v - mean)))];
}
