#!/usr/bin/env dotnet
#:project ../src/Attractor
#:property PublishAot=false
#:property AssemblyName=SubjectsExample

// Many systems of one kind, each seen for a short while: one network whose parameters are linear in three features of each. The features
// turn out to tell the parameter by which the systems differ, also of a system that was not there.
// usage: dotnet run examples/subjects.cs -- [systems] [rows] [updates] [steps of a window] [hidden units]
//        64 1000 30000 is the run of docs/results.md

using System.Diagnostics;
using System.Globalization;
using Attractor;
using Attractor.Data;
using Attractor.Dynamics;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Systems;
using MathNet.Numerics.LinearRegression;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int Argument(int i, int otherwise) => args.Length > i ? int.Parse(args[i], CultureInfo.InvariantCulture) : otherwise;
int systems = Argument(0, 16), rows = Argument(1, 500), updates = Argument(2, 1500), window = Argument(3, 30), hidden = Argument(4, 100);

double[] rho = [.. Enumerable.Range(0, systems).Select(s => 28 + (52.0 * s / (systems - 1)))];
TimeSeries[] recordings = [.. rho.Select((r, s) => new Lorenz63(Rho: r).Simulate(rows, dt: 0.01, seed: (ulong)s))];

// One scale for all: each by itself would lose what tells them apart.
Standardization units = Standardization.Of(recordings);
TimeSeries[] data = [.. recordings.Select(units.Apply)];

HierarchicalShallowPlrnn model = new(
    observed: 3, latent: 3, hidden, features: 3, [.. rho.Select(r => FormattableString.Invariant($"rho {r:F2}"))], seed: 1);
ShallowPlrnn common = new(observed: 3, latent: 3, hidden, seed: 1);
new DataDrivenStart().Apply(common, data, seed: 1);
model.BeginAs(common);

Stopwatch clock = Stopwatch.StartNew();
TrainingResult result = HierarchicalTraining.Fit(model, data, new() { Updates = updates, SequenceLength = window });
Console.WriteLine($"{updates} updates in {clock.Elapsed.TotalSeconds:F1} s, loss {result.Losses[^1].Loss:G3}: {result.Ending}");

// Each rho from a regression on the features of all others.
double[][] features = [.. Enumerable.Range(0, systems).Select(model.FeaturesOf)];
double missed = 0, spread = 0;
for (int s = 0; s < systems; s++)
{
    missed += Math.Pow(Rho(features[s], leaveOut: s) - rho[s], 2);
    spread += Math.Pow(rho[s] - rho.Average(), 2);
}
double explained = 1 - (missed / spread);
Console.WriteLine($"rho from the features, each left out in turn: R2 = {explained:F5}");
if (explained < 0.98)
    throw new InvalidOperationException("the features do not tell rho");

foreach (double unseen in (double[])[33.3, 50.1, 71.7])
{
    TimeSeries brief = units.Apply(new Lorenz63(Rho: unseen).Simulate(100, dt: 0.01, seed: 777));
    HierarchicalShallowPlrnn other = HierarchicalTraining.FitSubject(model, "new", brief);
    Console.WriteLine($"a new system of rho {unseen}, from 100 rows: rho {Rho(other.FeaturesOf(0)):F2}");
}

// What moves where a feature moves: the largest exponent on the line from the first subject to the last.
foreach (FeaturePoint point in FeatureLine.Exponents(model, features[0], features[^1], points: 5, steps: 20_000))
    Console.WriteLine($"rho {Rho([.. point.Features]):F1}: largest exponent {point.Exponent / 0.01:F3}, true "
        + $"{Lyapunov.Maximum(new Lorenz63(Rho: Rho([.. point.Features])).ToMap(0.01), steps: 20_000) / 0.01:F3}");

double Rho(double[] at, int leaveOut = -1)
{
    int[] others = [.. Enumerable.Range(0, systems).Where(s => s != leaveOut)];
    double[] line = MultipleRegression.QR([.. others.Select(s => features[s])], [.. others.Select(s => rho[s])], intercept: true);
    return line[0] + at.Select((f, i) => f * line[i + 1]).Sum();
}
