#!/usr/bin/env dotnet
#:project ../src/Attractor

// What one asks of a dynamical system: exponents with the identities that certify them, dimensions, cycles; and what a recording of one
// variable still knows of it.
// usage: dotnet run examples/dynamics.cs [system]

using Attractor;
using Attractor.Data;
using Attractor.Dynamics;
using Attractor.Systems;

SystemDefinition system = KnownSystems.Find(args.Length > 0 ? args[0] : "lorenz63");
Console.WriteLine($"{system.Title} ({system.Source})");
foreach (string equation in system.Equations)
    Console.WriteLine($"  {equation}");

CertifiedSpectrum spectrum = LyapunovCertificate.Of(system, new() { Periods = 500 });
Console.WriteLine(
    $"Lyapunov exponents {string.Join(", ", spectrum.Exponents.Zip(spectrum.StandardErrors, (l, e) => $"{l:F4} +- {e:F4}"))}");
foreach (Identity identity in spectrum.Identities)
    Console.WriteLine($"  {identity.Name}: {(identity.Holds ? "holds" : "fails")}, off by {identity.Deviation:0.0e0}");
Console.WriteLine($"Kaplan-Yorke dimension {spectrum.KaplanYorkeDimension:F3}");

TimeSeries orbit = system.Simulate(50_000);
CorrelationDimension dimension = CorrelationDimension.Estimate(orbit);
Console.WriteLine($"correlation dimension {dimension.Value:F3} +- {dimension.StandardError:F3}");

double[] x = orbit.Column(0);
int delay = MutualInformation.FirstMinimum(MutualInformation.Of(x, lags: 500)) ?? 1;
Console.WriteLine($"from {system.Variables[0]} alone: delay {delay} rows, dimension {CaoEmbedding.Of(x, delay).Dimension}");

CycleSet fixedPoints = PeriodicPoints.Find(system.ToMap(), [.. system.Start], new() { MaxOrder = 1 });
foreach (Cycle point in fixedPoints.FixedPoints)
    Console.WriteLine($"equilibrium ({string.Join(", ", point.Points[0].Select(v => v.ToString("F3")))}): {point.Stability}");

// The same questions to a map, with another parameter.
IObservedMap logistic = KnownSystems.Find("logistic").With("r", 4).ToMap();
Console.WriteLine($"the logistic map at r = 4: {Lyapunov.Maximum(logistic, [0.3], 100_000):F4} per step, ln 2 = {Math.Log(2):F4}");
