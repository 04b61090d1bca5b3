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

    internal override IReadOnlyList<string> Factors { get; } = ["probabilities"];

    internal override IReadOnlyList<PosteriorTensor> Tensors => [new("concentration", [Components, Levels], _concentration)];

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

    internal override void Update(int factor, in BlockSums sums, double rate)
    {
        for (int k = 0; k < Components; k++)
            for (int c = 0; c < Levels; c++)
            {
                int at = (k * Levels) + c;
                _concentration[at] = ((1 - rate) * _concentration[at]) + (rate * (_prior.Concentration + sums[k, c]));
            }
    }

    internal override void Weigh(int component, ReadOnlySpan<double> origin, Span<double> weights) => DirichletExpectations.MeanLogs(Concentration(component), weights);

    internal override double ExpectedLogPrior(int factor)
        => Enumerable.Range(0, Components).Sum(k => DirichletExpectations.ExpectedLogDensity(Concentration(k), _ => _prior.Concentration));

    internal override double Entropy(int factor) => Enumerable.Range(0, Components).Sum(k => DirichletExpectations.Entropy(Concentration(k)));

    internal override double LogPredictive(int component, ReadOnlySpan<double> x) => double.IsNaN(x[0]) ? 0 : Math.Log(Mean(component)[(int)x[0]]);

    internal override void Sample(int component, RandomStream random, Span<double> x) => x[0] = DirichletExpectations.Pick(random, Concentration(component));
}
