#!/usr/bin/env dotnet
#:property AssemblyName=custom-block
#:project ../src/Attractor

// A mixture block of one's own: waiting times that are exponential, with a gamma prior on their rate. It is fitted beside a Gaussian of the
// library's, checkpointed, written and read like any other.
// usage: dotnet run examples/custom_block.cs [seed]

using Attractor;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Probability;
using Attractor.Storage;

ulong seed = args.Length > 0 ? ulong.Parse(args[0]) : 1;
BlockKind.Register(ExponentialBlock.Registration);

// Three geysers: where each is, and how long one waits for it on average. Of some eruptions nobody noted the waiting time.
(double East, double North, double Wait)[] truth = [(0, 0, 5), (4, 1, 60), (1, 5, 20)];
RandomStream random = new(seed, "geysers");
double[] values = new double[3 * 900];
for (int n = 0; n < 900; n++)
{
    var (east, north, wait) = truth[random.NextInt64(3)];
    (values[3 * n], values[(3 * n) + 1]) = (east + random.NextNormal(), north + random.NextNormal());
    values[(3 * n) + 2] = n % 10 == 0 ? double.NaN : -wait * Math.Log(1 - random.NextDouble());
}
TimeSeries eruptions = new(values, 3, names: ["east", "north", "wait"]);

Mixture Model()
    => new(
        3,
        [GaussianPrior.From(new SeriesRows(eruptions), ["east", "north"], components: 3).Spherical(), new ExponentialBlock(
            "wait", shape: 1, rate: 20)],
        MixtureWeights.Dirichlet(1));
CoordinateAscentOptions options = new() { Restarts = 5, Seed = seed };
MixtureFit fit = CoordinateAscent.Fit(Model(), eruptions, options);
Console.WriteLine($"ELBO {fit.Elbo:F3} nats, {fit.Traces.Count} starts: {fit.Reason}");

var places = (NormalGammaPosterior)fit.Mixture.Posteriors[0];
var waits = (ExponentialPosterior)fit.Mixture.Posteriors[1];
for (int k = 0; k < 3; k++)
{
    var nearest = truth.MinBy(t => Math.Pow(t.East - places.Mean(k)[0], 2) + Math.Pow(t.North - places.Mean(k)[1], 2));
    Console.WriteLine(
        $"component {k + 1}: {fit.Counts[k],5:F0} rows about ({places.Mean(k)[0],5:F2}, {places.Mean(k)[1],5:F2}), wait "
        + $"{1 / waits.Rate(k).Mean,5:F1}; made with ({nearest.East}, {nearest.North}), {nearest.Wait}");
}

// Written and read again: the same model to the bit.
string folder = Directory.CreateTempSubdirectory("custom-block").FullName, file = Path.Combine(folder, "geysers.safetensors");
ModelFile.Save(file, fit.Mixture);
Mixture read = ModelFile.Load<Mixture>(file);
Console.WriteLine($"read again: {read.Description}; predicts the same to the bit: {Same(fit.Mixture, read)}");

// Stopped after some sweeps, then resumed from the checkpoint in the run's folder: as if it had never stopped.
using (RunFolder run = RunFolder.Open(Path.Combine(folder, "run")))
{
    run.Begin([], "");
    using CancellationTokenSource stop = new();
    int sweeps = 0;
    MixtureCallbacks callbacks = new() { Checkpoint = run.Save, Sweep = _ => { if (++sweeps == 12) stop.Cancel(); } };
    MixtureFit stopped = CoordinateAscent.Fit(Model(), eruptions, options, callbacks: callbacks, cancellationToken: stop.Token);
    Console.WriteLine($"stopped after {sweeps} sweeps: {stopped.Ending}");
    MixtureFit resumed = CoordinateAscent.Fit(Model(), eruptions, options, run.ResumeMixture());
    Console.WriteLine($"resumed: ends at the same bits: {resumed.Elbo == fit.Elbo && Same(fit.Mixture, resumed.Mixture)}");
}
Directory.Delete(folder, recursive: true);

bool Same(Mixture one, Mixture other) => one.LogPredictive(eruptions).SequenceEqual(other.LogPredictive(eruptions));

/// <summary>
/// A waiting time x ~ Exponential(lambda_k), p(x) = lambda_k exp(-lambda_k x), with lambda_k ~ Gamma(shape, rate). Its statistics are x and
/// whether it is there.
/// </summary>
sealed class ExponentialBlock(string column, double shape = 1, double rate = 1) : SingleColumnBlock(column)
{
    public static BlockKind Registration { get; } = new(
        "exponential", r => new ExponentialBlock(r.Column, r.Number("shape"), r.Number("rate")));

    public double Shape { get; } = Positive(shape, nameof(shape));

    public double Rate { get; } = Positive(rate, nameof(rate));

    public override string Kind => "exponential";

    public override IReadOnlyList<BlockValue> Hyperparameters => [BlockValue.Of("shape", Shape), BlockValue.Of("rate", Rate)];

    public override BlockPosterior Prior(int components) => new ExponentialPosterior(this, components);

    public override double LogBase(ReadOnlySpan<double> x) => 0;

    public override string? Fault(double value) => value >= 0 && double.IsFinite(value) ? null : "is not a waiting time: 0 or more";

    // The logarithm of an exponential variable has a standard deviation of pi / sqrt(6) whatever its rate.
    public override void Place(ReadOnlySpan<double> x, ReadOnlySpan<double> deviation, int components, Span<double> coordinates)
        => coordinates[0] = Math.Log(Math.Max(x[0], 1e-3 * deviation[0])) * Math.Sqrt(6) / Math.PI;

    // For the report's graphical model.
    public override IReadOnlyList<MixtureParameter> Parameters
        => [new("lambda_k", "rate of component k, gamma", [("a_0", "shape"), ("b_0", "rate")])];
}

/// <summary>q(lambda_k) = Gamma(a_k, b_k).</summary>
sealed class ExponentialPosterior(ExponentialBlock prior, int components) : BlockPosterior(prior, components)
{
    private readonly double[] _shape = [.. Enumerable.Repeat(prior.Shape, components)],
        _rate = [.. Enumerable.Repeat(prior.Rate, components)];

    public Gamma Rate(int component) => new(_shape[component], _rate[component]);

    public override IReadOnlyList<string> Factors => ["rate"];

    public override IReadOnlyList<PosteriorTensor> Tensors => [new("shape", [Components], _shape), new("rate", [Components], _rate)];

    // a = a_0 + sum_n r_nk and b = b_0 + sum_n r_nk x_n.
    public override void Update(int factor, in BlockSums sums, double rate)
    {
        for (int k = 0; k < Components; k++)
        {
            _shape[k] = ((1 - rate) * _shape[k]) + (rate * (prior.Shape + sums[k, 1]));
            _rate[k] = ((1 - rate) * _rate[k]) + (rate * (prior.Rate + sums[k, 0]));
        }
    }

    // E[log p(x)] = -E[lambda] x + E[log lambda].
    public override void Weigh(int component, ReadOnlySpan<double> origin, Span<double> weights)
        => (weights[0], weights[1]) = (-Rate(component).Mean, MeanLog(component));

    public override double ExpectedLogPrior(int factor) => Enumerable.Range(0, Components).Sum(k
        => (prior.Shape * Math.Log(prior.Rate)) - LogGamma.Of(prior.Shape)
            + ((prior.Shape - 1) * MeanLog(k)) - (prior.Rate * Rate(k).Mean));

    public override double Entropy(int factor) => Enumerable.Range(0, Components).Sum(k => Rate(k).Entropy);

    // The Lomax distribution: a b^a / (b + x)^(a + 1).
    public override double LogPredictive(int component, ReadOnlySpan<double> x)
    {
        double a = _shape[component], b = _rate[component];
        return double.IsNaN(x[0]) ? 0 : Math.Log(a / b) - ((a + 1) * Math.Log(1 + (x[0] / b)));
    }

    public override void Sample(int component, RandomStream random, Span<double> x)
        => x[0] = -Math.Log(1 - random.NextDouble()) / Rate(component).Sample(random);

    private double MeanLog(int component) => Digamma.Of(_shape[component]) - Math.Log(_rate[component]);
}
