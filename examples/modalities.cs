#!/usr/bin/env dotnet
#:project ../src/Attractor

// A Lorenz system seen through noisy real numbers, levels and counts at once: one encoder forces one network, which goes on in all of them.
// usage: dotnet run examples/modalities.cs [gop, or p for counts alone] [rows] [updates]

using Attractor;
using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Systems;

string kinds = args.Length > 0 ? args[0] : "gop";
int rows = args.Length > 1 ? int.Parse(args[1]) : 5_000;
long updates = args.Length > 2 ? long.Parse(args[2]) : 300;
int real = kinds == "gop" ? 3 : 0, levels = kinds == "gop" ? 8 : 0, counts = kinds == "gop" ? 5 : 12, n = real + levels + counts;

// Levels and counts follow an affine map of the state, each with its own weights.
TimeSeries lorenz = Lorenz63.Default.Simulate(steps: rows, dt: 0.02).Standardize();
RandomStream random = new(seed: 1, "neurons");
double[] weights = [.. Enumerable.Range(0, (levels + counts) * 3).Select(_ => random.NextNormal())], values = new double[rows * n];
ObservationModel likert = ObservationModel.Ordinal(7);
double[] thresholds = [-5, .. Enumerable.Repeat(Math.Log(2), 5)];
for (int t = 0; t < rows; t++)
    for (int i = 0; i < n; i++)
        values[(t * n) + i] = i < real ? lorenz[t, i] + (0.1 * random.NextNormal())
            : i < real + levels ? likert.Sample(2 * Drive(t, i - real), thresholds, random)
            : ObservationModel.Poisson.Sample(Math.Log(2) + (0.5 * Drive(t, i - real)), [], random);
TimeSeries data = new(values, n, dt: 0.02);

Dictionary<string, int> sizes = new() { ["observed"] = n, ["latent"] = 3, ["hidden"] = 50, ["read"] = 3 };
if (real > 0)
    (sizes["gaussian:1-3"], sizes["ordinal:4-11"], sizes["poisson:12-16"]) = (1, 7, 1);
else
    sizes["poisson"] = 1;
RecurrentModel net = RecurrentModel.Create("shplrnn", sizes, seed: 1);
new DataDrivenStart().Apply(net, [data], seed: 1);
TrainingResult result = Training.Fit(net, data, new()
{
    Forcing = TeacherForcing.Sparse(15),
    SequenceLength = 60,
    LearningRate = LearningRateSchedule.Exponential(1e-3, 1e-5),
    Updates = updates,
    Seed = 1,
});
Console.WriteLine($"{net.Parameters.Count} parameters, {updates} updates in {result.Seconds:F1} s: loss {result.Losses[^1].Loss:F3}");

// From states to those of the Lorenz system: least squares on what the encoder makes of the data.
TimeSeries signals = net.Encode(data), free = Orbit(rows);
RidgeFit map = RidgeRegression.Solve(Pairs(), 1e-9);
TimeSeries mapped = Mapped(free);
Console.WriteLine($"D_stsp of the latent orbit, ten bins: {StateSpaceDivergence.Binned(lorenz, mapped, 10):F3}"
    + $" (of the encoded signals {StateSpaceDivergence.Binned(lorenz, Mapped(signals), 10):F3})");
Console.WriteLine($"D_H {HellingerDistance.Between(lorenz, mapped):F3}");
Console.WriteLine($"largest Lyapunov exponent {Lyapunov.Maximum(net, steps: 20_000) / 0.02:F2} per unit of time (Lorenz: 0.906)");

double Drive(int t, int variable) => Enumerable.Range(0, 3).Sum(k => weights[(variable * 3) + k] * lorenz[t, k]);

RidgeStatistics Pairs()
{
    RidgeStatistics statistics = new(3, 3, intercept: true);
    for (int t = RecurrentModel.EncodedRows; t < rows - RecurrentModel.EncodedRows; t++)
        statistics.Add(signals.Row(t), lorenz.Row(t));
    return statistics;
}

TimeSeries Mapped(TimeSeries states)
{
    double[] coordinates = new double[states.Length * 3];
    for (int t = 0; t < states.Length; t++)
        for (int k = 0; k < 3; k++)
            coordinates[(t * 3) + k] = map.Constants[k] + Enumerable.Range(0, 3).Sum(i => map.Weights[(k * 3) + i] * states[t, i]);
    return new(coordinates, 3);
}

TimeSeries Orbit(int steps)
{
    double[] state = FreeRun.StateAt(net, data, 100), orbit = new double[steps * 3];
    for (int t = -steps / 4; t < steps; t++)
    {
        net.Step(state, state);
        if (t >= 0)
            state.CopyTo(orbit.AsSpan(t * 3));
    }
    return new(orbit, 3);
}
