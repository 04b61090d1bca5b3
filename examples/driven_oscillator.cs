#!/usr/bin/env dotnet
#:project ../src/Attractor

// An oscillator is pushed by a random force that is known. A network that the force drives forecasts for as long as the force is
// known; one that is not told of it is lost within a quarter of a period. Both are scored on rows that neither has seen.
// usage: dotnet run examples/driven_oscillator.cs [updates]

using Attractor;
using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Systems;

long updates = args.Length > 0 ? long.Parse(args[0]) : 5_000;

TimeSeries recording = Push(rows: 6_000, seed: 1).Standardize().WithInputs("u");
(TimeSeries data, TimeSeries unseen) = recording.Split(0.5);

foreach (bool isTold in (bool[])[true, false])
{
    TimeSeries learnt = isTold ? data : data.WithInputs((TimeSeries?)null), test = isTold ? unseen : unseen.WithInputs((TimeSeries?)null);
    ShallowPlrnn net = new(observed: 2, latent: 2, hidden: 50, seed: 1, inputs: isTold ? 1 : 0);
    new DataDrivenStart().Apply(net, [learnt], seed: 1);
    Training.Fit(net, learnt, new()
    {
        Forcing = TeacherForcing.Generalized(alpha: 0.1),
        LearningRate = LearningRateSchedule.Exponential(1e-3, 1e-6),
        Updates = updates,
    });
    Console.WriteLine($"{(isTold ? "told of the force" : "not told of it   ")}: "
        + $"forecasts valid for {ValidPredictionTime.Median(net, test)} steps (the rows left, in the median: {test.Length * 5 / 8})");
}

// q, p and the force u, which forgets itself within ten rows.
static TimeSeries Push(int rows, int seed)
{
    Random random = new(seed);
    double[] values = new double[3 * rows];
    (double q, double p, double u) = (1, 0, 0);
    for (int t = 0; t < rows; t++)
    {
        u = (0.9 * u) + random.NextDouble() - 0.5;
        p = (0.98 * p) - (0.05 * q) + (0.1 * u);
        q += 0.2 * p;
        (values[3 * t], values[(3 * t) + 1], values[(3 * t) + 2]) = (q, p, u);
    }
    return new(values, dimension: 3, names: ["q", "p", "u"]);
}
