#!/usr/bin/env dotnet
#:property AssemblyName=sequential-autoencoder
#:project ../src/Attractor

// A sequential variational autoencoder learns the Lorenz system from a noisy recording with gaps: it fills the gaps, generates, and hands
// out the learnt dynamics as a map.
// usage: dotnet run examples/sequential_autoencoder.cs [epochs]

using Attractor;
using Attractor.Data;
using Attractor.Dynamics;
using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Systems;

int epochs = args.Length > 0 ? int.Parse(args[0]) : 120;

TimeSeries clean = Lorenz63.Default.Simulate(steps: 20_000, dt: 0.02).Standardize(), noisy = clean.WithNoise(0.1, seed: 1);
double[] values = noisy.Values.ToArray();
RandomStream random = new(seed: 1, "gaps");
for (int i = 0; i < values.Length; i++)
    if (random.NextDouble() < 0.2)
        values[i] = double.NaN;
TimeSeries recording = new(values, 3, noisy.Dt);

SequentialVariationalAutoencoder model = new(new()
{
    Observed = 3,
    Latent = 3,
    Inference = SequentialInference.Correcting,
    EncoderUnits = 32,
    Transition = TransitionKind.ShallowPlrnn,
    TransitionHidden = 50,
    Seed = 1,
});
var result = SequentialAutoencoderTraining.Fit(model, new SequenceSet([recording]), validation: null, new()
{
    Epochs = epochs,
    WindowLength = 100,
    LearningRate = LearningRateSchedule.Exponential(2e-2, 1e-3),
    Seed = 1,
});
Console.WriteLine($"{model.Description}: {model.ParameterCount} parameters, {epochs} epochs in {result.Seconds:F1} s");
Console.WriteLine(
    $"bound on the log likelihood: {-result.Epochs[0].Loss:F2} nats a step after the first epoch, "
    + $"{-result.Epochs[^1].Loss:F2} after the last");

// What the model makes of the recording, where there was a noisy value and where there was none.
TimeSeries reconstruction = model.Reconstruct(recording);
Console.WriteLine(
    $"error where values are missing {Error(missing: true):F3}, where there is noise of "
    + $"0.1 {Error(missing: false):F3} standard deviations");

// A sample of the model from its last state on, beside the truth.
double[] state = model.Encode(recording.Slice(recording.Length - 100, 100)).Means.Row(99).ToArray();
TimeSeries sample = model.Generate(steps: 20_000, seed: 1, GenerationNoise.Latent, state).Observations;
Reconstruction score = Reconstruction.Compare(clean, sample);
Console.WriteLine($"D_stsp {score.StateSpaceDivergence.Value:F2}, D_H {score.HellingerDistance.Value:F2}");

// The prior's map by itself: fixed points, exponents, cycles can be asked of it like of any other.
double exponent = Lyapunov.Maximum(model.ToRecurrentModel(), state, 20_000, 1000) / clean.Dt;
Console.WriteLine($"largest Lyapunov exponent of the learnt map {exponent:F2} per unit of time (Lorenz: 0.906)");

double Error(bool missing)
{
    double sum = 0;
    int count = 0;
    for (int i = 0; i < values.Length; i++)
    {
        if (double.IsNaN(values[i]) != missing)
            continue;
        sum += Math.Pow(reconstruction.Values[i] - clean.Values[i], 2);
        count++;
    }
    return Math.Sqrt(sum / count);
}
