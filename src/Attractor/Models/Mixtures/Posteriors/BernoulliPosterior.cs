using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Models;

/// <summary>q(theta_k) = Beta(a_k, b_k).</summary>
public sealed class BernoulliPosterior : BlockPosterior
{
    private readonly BernoulliBlock _prior;
    private readonly double[] _ones, _zeros;

    internal BernoulliPosterior(BernoulliBlock prior, int components)
        : base(prior, components)
    {
        _prior = prior;
        (_ones, _zeros) = (new double[components], new double[components]);
        _ones.AsSpan().Fill(prior.Ones);
        _zeros.AsSpan().Fill(prior.Zeros);
    }

    /// <summary>a_k: K values.</summary>
    public IReadOnlyList<double> Ones => _ones;

    /// <summary>b_k: K values.</summary>
    public IReadOnlyList<double> Zeros => _zeros;

    /// <summary>E[theta_k], the probability of a 1: K values.</summary>
    public IReadOnlyList<double> Mean => [.. _ones.Zip(_zeros, (a, b) => a / (a + b))];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Factors { get; } = ["probability"];

    /// <inheritdoc/>
    public override IReadOnlyList<PosteriorTensor> Tensors => [new("ones", [Components], _ones), new("zeros", [Components], _zeros)];

    /// <inheritdoc/>
    public override void Update(int factor, in BlockSums sums, double rate)
    {
        for (int k = 0; k < Components; k++)
        {
            _ones[k] = ((1 - rate) * _ones[k]) + (rate * (_prior.Ones + sums[k, 0]));
            // Never below the prior, where rounding takes the number of ones above that of the rows.
            _zeros[k] = ((1 - rate) * _zeros[k]) + (rate * (_prior.Zeros + Math.Max(0, sums[k, 1] - sums[k, 0])));
        }
    }

    /// <inheritdoc/>
    public override void Weigh(int component, ReadOnlySpan<double> origin, Span<double> weights)
    {
        (double one, double zero) = MeanLogs(component);
        (weights[0], weights[1]) = (one - zero, zero);
    }

    /// <inheritdoc/>
    public override double ExpectedLogPrior(int factor)
    {
        double sum = 0;
        for (int k = 0; k < Components; k++)
        {
            if (DirichletExpectations.AreTiny([_ones[k], _zeros[k]]))
            {
                sum += DirichletExpectations.ExpectedLogDensity([_ones[k], _zeros[k]], i => i == 0 ? _prior.Ones : _prior.Zeros);
                continue;
            }
            (double one, double zero) = MeanLogs(k);
            sum += ((_prior.Ones - 1) * one) + ((_prior.Zeros - 1) * zero) - LogBeta.Of(_prior.Ones, _prior.Zeros);
        }
        return sum;
    }

    /// <inheritdoc/>
    public override double Entropy(int factor) => Enumerable.Range(0, Components).Sum(k
        => DirichletExpectations.AreTiny([_ones[k], _zeros[k]])
            ? DirichletExpectations.Entropy([_ones[k], _zeros[k]])
            : new Beta(_ones[k], _zeros[k]).Entropy);

    /// <inheritdoc/>
    public override double LogPredictive(int component, ReadOnlySpan<double> x)
        => double.IsNaN(x[0]) ? 0 : Math.Log((x[0] == 1 ? _ones[component] : _zeros[component]) / (_ones[component] + _zeros[component]));

    /// <inheritdoc/>
    public override void Sample(int component, RandomStream random, Span<double> x)
        => x[0] = random.NextDouble() * (_ones[component] + _zeros[component]) < _ones[component] ? 1 : 0;

    /// <inheritdoc/>
    public override IReadOnlyList<BlockValue> Describe(int component) =>
    [
        BlockValue.Of("mean", Mean[component]), BlockValue.Of("ones", _ones[component]), BlockValue.Of("zeros", _zeros[component]),
    ];

    /// <inheritdoc/>
    public override ComponentView View(int component) => new CategoryView(["1"], [Mean[component]]);

    private (double One, double Zero) MeanLogs(int component)
    {
        double both = Digamma.Of(_ones[component] + _zeros[component]);
        return (Digamma.Of(_ones[component]) - both, Digamma.Of(_zeros[component]) - both);
    }
}
