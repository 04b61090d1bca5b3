#!/usr/bin/env dotnet
#:project ../src/Attractor
#:property PublishAot=false
#:property AssemblyName=ReservoirTasks

// The tasks that reservoirs are held to: NARMA-10, Mackey-Glass, forecasts of chaotic flows, memory.
// usage: dotnet run examples/reservoir_tasks.cs [narma-search | lorenz-search]

using System.Globalization;
using Attractor;
using Attractor.Data;
using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Systems;

const int NarmaRows = 2000, NarmaWashout = 200;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
DormandPrince54 exact = new(1e-10, 1e-10);

if (args is ["narma-search"])
{
    SearchNarma(units: 200);
    SearchNarma(units: 400);
    return;
}
if (args is ["lorenz-search"])
{
    SearchLorenz();
    return;
}
Narma10();
MackeyGlassSeries();
Flows();
Memory();

// The error on a test series relative to its standard deviation, with the settings that the search found. The readout sees the states, the
// input and a constant. No series of the seeds 0 to 9 diverges.
void Narma10()
{
    (ReservoirOptions Options, double Ridge)[] settings =
    [
        (new() { Units = 200, Connectivity = 1, Leak = 0.878, SpectralRadius = 0.967, InputScale = 0.0264, BiasScale = 0.176 }, 1e-12),
        (new() { Units = 400, Connectivity = 1, Leak = 0.906, SpectralRadius = 1.082, InputScale = 0.0472, BiasScale = 0.223 }, 1e-9),
    ];
    foreach ((ReservoirOptions options, double ridge) in settings)
    {
        double[] errors = [.. Enumerable.Range(0, 10).Select(seed =>
        {
            TeachingSeries data = NarmaSeries((ulong)seed);
            EchoStateNetwork network = NarmaNetwork(options with { Seed = (ulong)seed });
            ReadoutTraining.Fit(network, [Rows(data, 0, NarmaRows)], new() { Ridge = ridge, Washout = NarmaWashout });
            return NarmaError(network, data);
        })];
        Print($"NARMA-10, {options.Units} units, NRMSE", errors);
    }
}

// One step ahead in the setting of the introduction to ReservoirPy, then 84 steps left alone with a larger network.
void MackeyGlassSeries()
{
    TimeSeries series = MackeyGlass.Default.Simulate(20_000);
    const int Training = 1600, Test = 400;
    ReservoirOptions small = new()
    {
        Units = 100,
        SpectralRadius = 1.25,
        Leak = 0.3,
        Connectivity = 0.1,
        InputScale = 1,
        InputWeights = WeightDistribution.Bernoulli,
        BiasScale = 0,
    };
    double[] errors = [.. Enumerable.Range(1, 5).Select(seed =>
    {
        EchoStateNetwork network = new(1, small with { Seed = (ulong)seed });
        ReadoutTraining.Fit(network, series.Slice(0, Training + 1), new() { Ridge = 1e-5, Washout = 100, Intercept = true });
        return Math.Sqrt(OneStepError.Of(network, TeachingSeries.NextStep(series.Slice(0, Training + Test + 1)), Training));
    })];
    Print("Mackey-Glass 17, 100 units, RMSE of one step", errors);

    ReservoirOptions large = new() { Units = 1000, SpectralRadius = 1.3, Leak = 0.6, InputScale = 0.47, BiasScale = 0.1 };
    Print("Mackey-Glass 17, 1000 units, NRMSE of 84 steps", [.. Enumerable.Range(1, 3).Select(seed =>
    {
        EchoStateNetwork network = new(1, large with { Seed = (ulong)seed }, new(Input: true, Constant: true));
        ReadoutTraining.Fit(network, series.Slice(0, 10_000), new() { Ridge = 1e-9 });
        double[] squares = [.. Enumerable.Range(0, 50).Select(i => 11_000 + (i * 178)).Select(row =>
            Square(network.Generate(series, 85, row - network.WarmUp)[84, 0] - series[row + 84, 0]))];
        return Math.Sqrt(squares.Average() / Variance(series.Column(0)));
    })]);
}

// Valid prediction times in units of 1 / (largest Lyapunov exponent), with the settings of Platt et al. (Neural Networks 153, 2022). For
// Lorenz-63 also with a smaller lambda: the data are integrated to 1e-10, and forecasts last the longer the less the readout is shrunk,
// until at 1e-11, far below the rounding of R'R, they are lost (lorenz-search).
void Flows()
{
    ReservoirOptions lorenz = Platt(0.80, 0.60, 0.084, 1.60);
    Forecast("Lorenz-63", Lorenz63.Default, 0.01, 0.9056, lorenz, 8.49e-8, seeds: 5);
    Forecast("Lorenz-63", Lorenz63.Default, 0.01, 0.9056, lorenz, 1e-9, seeds: 5);
    Forecast("Roessler", Roessler.Default, 0.1, 0.0714, Platt(0.50, 0.47, 0.066, 1.23), 2.10e-9, seeds: 2);
    Forecast("Lorenz-96, 5 variables", new Lorenz96(5), 0.01, 0.475, Platt(0.58, 0.70, 0.060, 1.59), 6.33e-9, seeds: 2);
}

void Forecast(
    string name, OrdinaryDifferentialEquation system, double dt, double exponent, ReservoirOptions options, double ridge, int seeds)
{
    (TimeSeries training, TimeSeries test) = Recording(system, dt);
    Print($"{name}, lambda {ridge:g3}, Lyapunov times", [.. Enumerable.Range(1, seeds).Select(seed =>
    {
        EchoStateNetwork network = new(system.Dimension, options with { Seed = (ulong)seed });
        ReadoutTraining.Fit(network, training, new() { Ridge = ridge, Washout = 200 });
        return ValidPredictionTime.All(network, test, 100, 0.3, ErrorNorm.PerVariable).Average() * dt * exponent;
    })]);
}

// How much of white noise k rows ago a linear ring can tell, over all k from 1: N - 1 + r^2N (N = 20 units in a ring of weight r = 0.95).
void Memory()
{
    const int Units = 20, Rows = 100_000, Lags = 60, Forgotten = 500;
    const double Weight = 0.95;
    EchoStateNetwork network = new(
        new Reservoir(1, new()
        {
            Units = Units,
            Topology = ReservoirTopology.Ring,
            SpectralRadius = Weight,
            Activation = Activation.Identity,
            Leak = 1,
            BiasScale = 0,
            InputScale = 1,
            InputWeights = WeightDistribution.Bernoulli,
            Seed = 1,
        }),
        outputs: Lags);
    TeachingSeries Recall(ulong seed)
    {
        RandomStream random = new(seed, "white noise");
        double[] noise = [.. Enumerable.Range(0, Rows).Select(_ => random.NextNormal())], past = new double[Rows * Lags];
        for (int t = Lags; t < Rows; t++)
            for (int k = 1; k <= Lags; k++)
                past[(t * Lags) + k - 1] = noise[t - k];
        return new(new(noise, 1), new(past, Lags));
    }
    ReadoutTraining.Fit(network, [Recall(1)], new() { Ridge = 1e-6, Washout = Forgotten });
    // Of the variance of each lag, what is not told is the error.
    TeachingSeries test = Recall(2);
    double capacity = Lags * (1 - (OneStepError.Of(network, test, Forgotten) / Variance(test.Inputs.Column(0))));
    Console.WriteLine($"{"memory of a linear ring",-56} {capacity,10:f3}   in closed form {Units - 1 + Math.Pow(Weight, 2 * Units):f4}");
}

// 60 random choices of a reservoir, five lambdas each, on two series that the result does not use.
void SearchNarma(int units)
{
    RandomStream random = new(1, "narma search");
    double Between(double low, double high) => low * Math.Pow(high / low, random.NextDouble());
    double[] ridges = [1e-13, 1e-12, 1e-11, 1e-10, 1e-9];
    ReservoirCandidate[] candidates = [.. Enumerable.Range(0, 60).Select(_ => new ReservoirOptions
    {
        Units = units, Connectivity = 1, Leak = random.NextUniform(0.8, 1), SpectralRadius = random.NextUniform(0.8, 1.1),
        InputScale = Between(0.02, 0.2), BiasScale = Between(0.1, 1), Seed = 100,
    }).SelectMany(options => ridges.Select(ridge => new ReservoirCandidate(options, ridge)))];
    double[] errors = new double[candidates.Length];
    foreach (ulong seed in new ulong[] { 1001, 1002 })
    {
        TeachingSeries data = NarmaSeries(seed);
        ReservoirSearch search = new()
        {
            Create = NarmaNetwork,
            Series = [Rows(data, 0, NarmaRows)],
            Score = network => NarmaError(network, data),
            Readout = new() { Washout = NarmaWashout },
            Repetitions = 1,
        };
        foreach ((int i, ReservoirTrial trial) in search.Run(candidates).Index())
            errors[i] += trial.Mean / 2;
    }
    foreach ((double error, ReservoirCandidate c) in errors
        .Zip(candidates)
        .OrderBy(p => double.IsNaN(p.First))
        .ThenBy(p => p.First)
        .Take(10))
    {
        ReservoirOptions r = c.Reservoir;
        Console.WriteLine(
            $"{units} units: NRMSE {error:f4} at leak {r.Leak:f3}, rho {r.SpectralRadius:f3}, input {r.InputScale:f4}, bias "
            + $"{r.BiasScale:f3}, lambda {c.Ridge:g2}");
    }
}

// What lambda does, on another orbit than the result's.
void SearchLorenz()
{
    (TimeSeries training, TimeSeries validation) = Recording(Lorenz63.Default, 0.01, seed: 77);
    ReservoirSearch search = new()
    {
        Create = options => new(3, options),
        Series = [TeachingSeries.NextStep(training)],
        Score = network => ValidPredictionTime.All(network, validation, 100, 0.3, ErrorNorm.PerVariable).Average() * 0.01 * 0.9056,
        Readout = new() { Washout = 200 },
    };
    double[] ridges = [1e-13, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 8.49e-8, 1e-6];
    ReservoirOptions reservoir = Platt(0.80, 0.60, 0.084, 1.60) with { Seed = 100 };
    foreach (ReservoirTrial trial in search.Run([.. ridges.Select(ridge => new ReservoirCandidate(reservoir, ridge))]))
        Print($"Lorenz-63, lambda {trial.Candidate.Ridge:g3}, Lyapunov times", [.. trial.Scores]);
}

(TimeSeries Training, TimeSeries Test) Recording(OrdinaryDifferentialEquation system, double dt, ulong? seed = null)
{
    const int Training = 10_001, Test = 60_000;
    TimeSeries all = system.Simulate(Training + Test, dt, seed: seed, integrator: exact);
    return (all.Slice(0, Training), all.Slice(Training, Test));
}

static ReservoirOptions Platt(double radius, double leak, double input, double bias) => new()
{
    Units = 800,
    Connectivity = 0.02,
    SpectralRadius = radius,
    Leak = leak,
    InputScale = input,
    BiasScale = bias,
    Weights = WeightDistribution.Uniform,
    InputWeights = WeightDistribution.Uniform,
    Bias = WeightDistribution.Constant,
};

static EchoStateNetwork NarmaNetwork(ReservoirOptions options) => new(new Reservoir(1, options), 1, new(Input: true, Constant: true));

static TeachingSeries NarmaSeries(ulong seed)
{
    (TimeSeries inputs, TimeSeries targets) = Narma.Default.Simulate(2 * NarmaRows, seed);
    return new(inputs, targets);
}

// The training rows drive the network up to the test rows.
static double NarmaError(EchoStateNetwork network, TeachingSeries data)
    => Math.Sqrt(OneStepError.Of(network, data, NarmaRows) / Variance(data.Targets.Column(0)[NarmaRows..]));

static TeachingSeries Rows(TeachingSeries series, int start, int rows)
    => new(series.Inputs.Slice(start, rows), series.Targets.Slice(start, rows));

static double Square(double x) => x * x;

static double Variance(double[] values)
{
    double mean = values.Average();
    return values.Average(x => Square(x - mean));
}

static void Print(string task, double[] values)
    => Console.WriteLine($"{task,-56} {values.Average(),10:g4}   of {string.Join(", ", values.Select(v => v.ToString("g3")))}");
