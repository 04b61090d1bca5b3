#!/usr/bin/env dotnet
#:project ../src/Attractor

// A network that has learnt a chaotic system has exploding gradients, at the rate of its Lyapunov exponent; teacher forcing tames them.
// Seen along windows of Lorenz-63, and in the loss around the parameters.
// usage: dotnet run examples/gradients.cs [updates]

using Attractor;
using Attractor.Data;
using Attractor.Dynamics;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Systems;

int updates = args.Length > 0 ? int.Parse(args[0]) : 20_000;

TimeSeries data = Lorenz63.Default.Simulate(steps: 50_000, dt: 0.01).Standardize();
ShallowPlrnn net = new(observed: 3, latent: 3, hidden: 50, seed: 1);
Training.Fit(net, data, new() { Forcing = TeacherForcing.Generalized(alpha: 0.1), Updates = updates });

TimeSeries[] windows = [.. Enumerable.Range(0, 16).Select(i => data.Slice(3000 * i, 1001))];
Console.WriteLine($"largest Lyapunov exponent of the network: {Lyapunov.Maximum(net, steps: 50_000):F5} a step");
foreach (double alpha in (double[])[0, 0.02, 0.1, 0.3])
{
    StateGradients gradients = StateGradients.Along(net, windows, TeacherForcing.Generalized(alpha), lastStepOnly: true);
    Console.WriteLine(
        $"alpha = {alpha,4}: the gradient grows by {gradients.GrowthRate(from: 1, to: 750),8:F5} a step back; 500 steps back its norm is "
        + $"{gradients.Norm(window: 0, t: 500):0.0e+0}");
}

// The loss of 200 predicted steps over a plane through the parameters: from light to dark, a factor of ten each.
TimeSeries[] shorter = [.. windows.Select(w => w.Slice(0, 201))];
foreach (double alpha in (double[])[0, 0.3])
{
    LossLandscape plane = LossLandscape.Of(
        net,
        shorter,
        TeacherForcing.Generalized(alpha),
        ParameterDirection.Random(net, 1),
        ParameterDirection.Random(net, 2),
        extent: 0.4,
        points: 25);
    double least = plane.Losses.Where(double.IsFinite).Min();
    Console.WriteLine($"\nalpha = {alpha}: the least loss of the plane is {least:G3}; the network is in the middle");
    for (int row = 0; row < 25; row += 2)
        Console.WriteLine(string.Concat(Enumerable.Range(0, 25).Select(column =>
        {
            double loss = plane.Losses[(row * 25) + column];
            int level = double.IsFinite(loss) ? (int)Math.Clamp(Math.Log10(loss / least), 0, 9) : 9;
            return new string(" .:-=+*#%@"[level], 2);
        })));
}
