#!/usr/bin/env dotnet
#:project ../src/Attractor
#:property PublishAot=false
#:property AssemblyName=NextGenerationReservoir

// Next generation reservoir computing (Gauthier, Bollt, Griffith and Barbosa, Nature Communications 12, 2021) forecasts Lorenz-63 from 400
// rows: how far, depends on how exactly the data were integrated, on the ridge, and on noise in the training rows, which does what a ridge
// does. Compare medians: a trial that starts where neighbouring orbits part can carry the mean of ten.
// usage: dotnet run examples/next_generation_reservoir.cs [trials]

using System.Globalization;
using Attractor;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Systems;

// One Lyapunov time, 1.104 units of time, is 44 rows.
const int TrainingRows = 400, TestRows = 44, FirstRow = 200;
const double Dt = 0.025;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

int trials = args.Length > 0 ? int.Parse(args[0]) : 10;
int rows = FirstRow + (trials * TrainingRows) + TestRows + 1;
double[] start = [17.67715816276679, 12.931379185960404, 43.91404334248268];
(string Name, TimeSeries Data)[] sources =
[
    ("RK23, rtol 1e-3", new BogackiShampine32().Simulate(Lorenz63.Default, start, rows, Dt)),
    ("RK23, rtol 1e-8", new BogackiShampine32(1e-8, 1e-10).Simulate(Lorenz63.Default, start, rows, Dt)),
    ("DOPRI5, tol 1e-10", Lorenz63.Default.Simulate(rows, Dt, initial: start, integrator: new DormandPrince54(1e-10, 1e-10))),
];

Console.WriteLine(
    $"{trials} trials, each trained on {TrainingRows} rows of one orbit and run freely for {TestRows} rows from there; one that errs by "
    + $"more than a standard");
Console.WriteLine("deviation, or leaves the finite numbers, has blown up.");
Console.WriteLine(
    $"{"data",-18} {"ridge",8} {"noise",8} {"train NRMSE",12} {"test median",12} {"test mean",12} {"worst",12} {"blown up",9}");
foreach ((string name, TimeSeries data) in sources)
    foreach (double ridge in new[] { 2.5e-6, 2.5e-3, 0.25 })
        foreach (double noise in new[] { 0, 1e-4, 1e-3, 1e-2 })
        {
            (double Train, double Test)[] results = [.. Enumerable.Range(0, trials).Select(trial => Run(data, trial, ridge, noise))];
            double[] tests = [.. results.Select(r => r.Test).Order()];
            double median = (tests[trials / 2] + tests[(trials - 1) / 2]) / 2;
            Console.WriteLine(
                $"{name,-18} {ridge,8:0.0e0} {noise,8:0e0} {results.Average(r => r.Train),12:0.00e0} {median,12:0.00e0} "
                + $"{tests.Average(),12:0.00e0} {tests[^1],12:0.00e0} {tests.Count(e => !(e < 1)),9}");
        }

(double Train, double Test) Run(TimeSeries data, int trial, double ridge, double noise)
{
    NonlinearVectorAutoregression model = new(observed: 3, delays: 2, stride: 1, orders: [2]);
    int last = FirstRow + ((trial + 1) * TrainingRows) - 1, first = last - TrainingRows - model.WarmUp;
    TimeSeries training = data.Slice(first, last + 1 - first);
    if (noise > 0)
        training = training.WithNoise(noise, seed: (ulong)trial);
    ReadoutResult result = VectorAutoregressionTraining.Fit(model, training, new() { Ridge = ridge });
    // It starts from the data without the noise: the noise is there to regularise the fit.
    TimeSeries forecast = model.Generate(data, TestRows, start: last - model.WarmUp);
    double squares = 0;
    for (int t = 0; t < TestRows; t++)
        for (int n = 0; n < 3; n++)
            squares += Math.Pow(forecast[t, n] - data[last + t, n], 2);
    double error = Normalized(data, trial, squares / (3 * TestRows));
    return (Normalized(data, trial, result.MeanSquaredError(targets: 3)), double.IsFinite(error) ? error : double.PositiveInfinity);
}

// As published: against the variance of all values up to the end of the trial, whichever variable they are of.
double Normalized(TimeSeries data, int trial, double meanSquare)
{
    ReadOnlySpan<double> values = data.Values[..(3 * (FirstRow + ((trial + 1) * TrainingRows) + TestRows + 1))];
    double mean = 0, variance = 0;
    foreach (double x in values)
        mean += x / values.Length;
    foreach (double x in values)
        variance += (x - mean) * (x - mean) / values.Length;
    return Math.Sqrt(meanSquare / variance);
}
