using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>q(theta_k) = Dirichlet(c_k1 .. c_kC).</summary>
public sealed class CategoricalPosterior : BlockPosterior
{
    private readonly CategoricalBlock _prior;
    private readonly double[] _concentration;

    internal CategoricalPosterior(CategoricalBlock prior, int components)
        : base(prior, components)
    {
        (_prior, _concentration) = (prior, new double[components * prior.Levels.Count]);
        _concentration.AsSpan().Fill(prior.Concentration);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Factors { get; } = ["probabilities"];

    /// <inheritdoc/>
    public override IReadOnlyList<PosteriorTensor> Tensors => [new("concentration", [Components, Levels], _concentration)];

    private int Levels => _prior.Levels.Count;

    /// <summary>The concentrations c_k1 .. c_kC of a component.</summary>
    public ReadOnlySpan<double> Concentration(int component) => _concentration.AsSpan(component * Levels, Levels);

    /// <summary>E[theta_k]: C probabilities of a component.</summary>
    public double[] Mean(int component)
    {
        double[] mean = Concentration(component).ToArray();
        double total = mean.Sum();
        return Array.ConvertAll(mean, c => c / total);
    }

    /// <inheritdoc/>
    public override void Update(int factor, in BlockSums sums, double rate)
    {
        for (int k = 0; k < Components; k++)
            for (int c = 0; c < Levels; c++)
            {
                int at = (k * Levels) + c;
                _concentration[at] = ((1 - rate) * _concentration[at]) + (rate * (_prior.Concentration + sums[k, c]));
            }
    }

    /// <inheritdoc/>
    public override void Weigh(int component, ReadOnlySpan<double> origin, Span<double> weights)
        => DirichletExpectations.MeanLogs(Concentration(component), weights);

    /// <inheritdoc/>
    public override double ExpectedLogPrior(int factor)
        => Enumerable.Range(0, Components).Sum(k => DirichletExpectations.ExpectedLogDensity(Concentration(k), _ => _prior.Concentration));

    /// <inheritdoc/>
    public override double Entropy(int factor) => Enumerable.Range(0, Components).Sum(k => DirichletExpectations.Entropy(Concentration(k)));

    /// <inheritdoc/>
    public override double LogPredictive(int component, ReadOnlySpan<double> x)
        => double.IsNaN(x[0]) ? 0 : Math.Log(Mean(component)[(int)x[0]]);

    /// <inheritdoc/>
    public override void Sample(int component, RandomStream random, Span<double> x)
        => x[0] = DirichletExpectations.Pick(random, Concentration(component));

    /// <inheritdoc/>
    public override IReadOnlyList<BlockValue> Describe(int component) =>
    [
        BlockValue.Of("probabilities", Mean(component), _prior.Levels), BlockValue.Of("concentration", Concentration(component).ToArray()),
    ];

    /// <inheritdoc/>
    public override ComponentView View(int component) => new CategoryView(_prior.Levels, Mean(component));
}
