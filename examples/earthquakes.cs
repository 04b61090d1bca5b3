#!/usr/bin/env dotnet
#:project ../src/Attractor

// Earthquakes come from a few centres, each with a strength of its own. A conjugate mixture finds where they are, how strong, and how many,
// by coordinate ascent; then it says what it expects next.
// usage: dotnet run examples/earthquakes.cs [seed]

using Attractor;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Probability;

ulong seed = args.Length > 0 ? ulong.Parse(args[0]) : 1;
(double Longitude, double Latitude, double Strength)[] truth = [(181, -18, 40), (184, -22, 15), (169, -20, 70)];

// 600 earthquakes, of which some have no strength.
RandomStream random = new(seed, "earthquakes");
double[] values = new double[3 * 600];
for (int n = 0; n < 600; n++)
{
    var (longitude, latitude, strength) = truth[random.NextInt64(3)];
    (values[3 * n], values[(3 * n) + 1]) = (longitude + random.NextNormal(), latitude + random.NextNormal());
    values[(3 * n) + 2] = n % 10 == 0 ? double.NaN : new Poisson(strength).Sample(random);
}
TimeSeries quakes = new(values, 3, names: ["longitude", "latitude", "strength"]);

// A Gaussian of unknown centre and width, a Poisson count of unknown rate; eight components at most, of which the sparse prior empties
// those that are not needed.
Mixture Model() => new(8,
[
    new NormalGammaBlock(["longitude", "latitude"], priorMean: [180, -20], kappa: 0.01, shape: 1, rate: 1),
    new PoissonBlock("strength", shape: 2, rate: 0.05),
], MixtureWeights.Dirichlet(0.01));

MixtureFit fit = CoordinateAscent.Fit(Model(), quakes.Slice(0, 500), new() { Restarts = 10, Seed = seed });
Console.WriteLine($"ELBO {fit.Elbo:F3} nats after {fit.Trace.Count - 1} sweeps: {fit.Reason}");
foreach ((string column, long missing) in fit.Missing)
    Console.WriteLine($"{missing} missing values of {column} were marginalised");

var places = (NormalGammaPosterior)fit.Mixture.Posteriors[0];
var rates = (PoissonPosterior)fit.Mixture.Posteriors[1];
for (int k = 0; k < fit.Mixture.Components; k++)
    if (fit.Counts[k] > 1)
        Console.WriteLine(
            $"component {k + 1}: {fit.Counts[k],6:F1} rows about ({places.Mean(k)[0]:F2}, {places.Mean(k)[1]:F2}), spread "
            + $"{Math.Sqrt(1 / places.Precision[k]):F2}, strength {rates.Mean[k]:F1} +- {Math.Sqrt(rates.Shape[k]) / rates.Rate[k]:F1}");

// The terms of the bound say what it is made of.
foreach (ElboTerm term in fit.Terms)
    Console.WriteLine($"{term.Value,12:F3}  {term.Name}");

Console.WriteLine(
    $"log predictive density of 100 earthquakes that were held "
    + $"out: {fit.Mixture.LogPredictive(quakes.Slice(500, 100)).Average():F3} nats each");
TimeSeries next = fit.Mixture.Sample(3, seed);
for (int n = 0; n < next.Length; n++)
    Console.WriteLine($"it expects such as ({next[n, 0]:F2}, {next[n, 1]:F2}), strength {next[n, 2]}");
