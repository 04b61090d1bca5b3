using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Models;

/// <summary>q(lambda_k) = Gamma(a_k, b_k).</summary>
public sealed class PoissonPosterior : BlockPosterior
{
    private readonly PoissonBlock _prior;
    private readonly double[] _shape, _rate;

    internal PoissonPosterior(PoissonBlock prior, int components)
        : base(prior, components)
    {
        _prior = prior;
        (_shape, _rate) = (new double[components], new double[components]);
        _shape.AsSpan().Fill(prior.Shape);
        _rate.AsSpan().Fill(prior.Rate);
    }

    /// <summary>a_k: K values.</summary>
    public IReadOnlyList<double> Shape => _shape;

    /// <summary>b_k: K values.</summary>
    public IReadOnlyList<double> Rate => _rate;

    /// <summary>E[lambda_k], the expected count of a row: K values.</summary>
    public IReadOnlyList<double> Mean => [.. _shape.Zip(_rate, (a, b) => a / b)];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Factors { get; } = ["rate"];

    /// <inheritdoc/>
    public override IReadOnlyList<PosteriorTensor> Tensors => [new("shape", [Components], _shape), new("rate", [Components], _rate)];

    /// <inheritdoc/>
    public override void Update(int factor, in BlockSums sums, double rate)
    {
        for (int k = 0; k < Components; k++)
        {
            _shape[k] = ((1 - rate) * _shape[k]) + (rate * (_prior.Shape + sums[k, 0]));
            _rate[k] = ((1 - rate) * _rate[k]) + (rate * (_prior.Rate + sums[k, 1]));
        }
    }

    /// <inheritdoc/>
    public override void Weigh(int component, ReadOnlySpan<double> origin, Span<double> weights)
    {
        GammaExpectations q = Expectations(component);
        (weights[0], weights[1]) = (q.MeanLog, -q.Mean);
    }

    /// <inheritdoc/>
    public override double ExpectedLogPrior(int factor) => Sum(q => q.ExpectedLogDensity(_prior.Shape, _prior.Rate));

    /// <inheritdoc/>
    public override double Entropy(int factor) => Sum(q => q.Entropy);

    /// <inheritdoc/>
    public override double LogPredictive(int component, ReadOnlySpan<double> x)
        => double.IsNaN(x[0]) ? 0 : new NegativeBinomial(_shape[component], -Math.Log(_rate[component])).LogDensity(x[0]);

    /// <inheritdoc/>
    public override void Sample(int component, RandomStream random, Span<double> x)
        => x[0] = PoissonSampler.Next(random, GammaSampler.Next(random, _shape[component]) / _rate[component]);

    /// <inheritdoc/>
    public override IReadOnlyList<BlockValue> Describe(int component) =>
    [
        BlockValue.Of("mean", Mean[component]), BlockValue.Of("shape", _shape[component]), BlockValue.Of("rate", _rate[component]),
    ];

    /// <inheritdoc/>
    public override ComponentView View(int component) => new RateView(new(_shape[component], _rate[component]));

    private GammaExpectations Expectations(int component) => new(_shape[component], _rate[component]);

    private double Sum(Func<GammaExpectations, double> term) => Enumerable.Range(0, Components).Sum(k => term(Expectations(k)));
}
