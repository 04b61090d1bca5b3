#!/usr/bin/env dotnet
#:project ../src/Attractor

// Spikes of twelve neurons that see a Lorenz system: a network learns the system behind the counts, and spikes on by itself.
// usage: dotnet run examples/spike_counts.cs [updates]

using Attractor;
using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Systems;

const int Neurons = 12, Rows = 10_000;
long updates = args.Length > 0 ? long.Parse(args[0]) : 8_000;

// Rates are exponentials of an affine map of the state.
TimeSeries lorenz = Lorenz63.Default.Simulate(steps: Rows, dt: 0.02).Standardize();
RandomStream random = new(seed: 1, "neurons");
double[] weights = [.. Enumerable.Range(0, Neurons * 3).Select(_ => 0.5 * random.NextNormal())], counts = new double[Rows * Neurons];
for (int t = 0; t < Rows; t++)
    for (int n = 0; n < Neurons; n++)
    {
        double log = Math.Log(2) + Enumerable.Range(0, 3).Sum(i => weights[(n * 3) + i] * lorenz[t, i]);
        counts[(t * Neurons) + n] = ObservationModel.Poisson.Sample(log, [], random);
    }
TimeSeries spikes = new(counts, Neurons, dt: 0.02);

RecurrentModel net = RecurrentModel.Create(
    "shplrnn",
    new Dictionary<string, int> { ["observed"] = Neurons, ["latent"] = 3, ["hidden"] = 50, ["read"] = 3, ["poisson"] = 1 },
    seed: 1);
new DataDrivenStart().Apply(net, [spikes], seed: 1);
TrainingResult result = Training.Fit(net, spikes, new()
{
    Forcing = TeacherForcing.Sparse(15),
    SequenceLength = 100,
    LearningRate = LearningRateSchedule.Exponential(1e-3, 1e-5),
    Updates = updates,
});
Console.WriteLine(
    $"{net.Parameters.Count} parameters, {updates} updates in {result.Seconds:F1} s: loss {result.Losses[^1].Loss:F3} nats a count");

// Counts are held against counts.
EvaluationOptions options = new() { Scores = [new DivergenceScore(), new SpectrumScore(), new LikelihoodScore(), new InformationScore()] };
foreach (ScoreEntry score in Reconstruction.Evaluate(net.Drawn(seed: 2), spikes, options).Scores)
    Console.WriteLine($"{score.Label}: {score.Value:F3}{(score.Floor is { } floor ? $" (a perfect model: {floor:F3})" : "")}");
Console.WriteLine($"largest Lyapunov exponent {Lyapunov.Maximum(net, steps: 50_000) / 0.02:F2} per unit of time (Lorenz: 0.906)");
