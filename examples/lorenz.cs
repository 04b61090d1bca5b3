#!/usr/bin/env dotnet
#:project ../src/Attractor
#:project ../src/Attractor.Reports

// A network learns the Lorenz attractor from a noisy recording, then is compared with the true system.
// usage: dotnet run examples/lorenz.cs [updates]

using Attractor;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Systems;

long updates = args.Length > 0 ? long.Parse(args[0]) : 20_000;

TimeSeries clean = Lorenz63.Default.Simulate(steps: 100_000, dt: 0.01).Standardize();
TimeSeries data = clean.WithNoise(0.05, seed: 1);

ClippedShallowPlrnn net = new(observed: 3, latent: 3, hidden: 100, seed: 1);
TrainingResult result = Training.Fit(net, data, new()
{
    Forcing = TeacherForcing.Generalized(alpha: 0.1),
    LearningRate = LearningRateSchedule.Exponential(5e-3, 1e-6),
    Updates = updates,
});
Console.WriteLine($"{net.Parameters.Count} parameters, {updates} updates in {result.Seconds:F1} s: loss {result.Losses[^1].Loss:G4}");

// How it behaves when left alone, beside what the true system would score.
TimeSeries orbit = net.Generate(from: clean, steps: 100_000);
StandardizedMap truth = new(Lorenz63.Default.ToMap(0.01), clean.Standardization!);
Reconstruction score = Reconstruction.Compare(clean, orbit, truth);
Console.WriteLine($"D_stsp {score.StateSpaceDivergence.Value:F3} (a perfect model: {score.StateSpaceDivergence.Floor:F3})");
Console.WriteLine($"D_H    {score.HellingerDistance.Value:F3} (a perfect model: {score.HellingerDistance.Floor:F3})");

double exponent = Lyapunov.Maximum(net, steps: 100_000) / 0.01;
Report.Write("lorenz.html", net, result, clean, orbit, score);
Console.WriteLine($"largest Lyapunov exponent {exponent:F3} per unit of time (Lorenz: 0.906)");
