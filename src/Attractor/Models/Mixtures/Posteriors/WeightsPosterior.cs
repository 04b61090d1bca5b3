namespace Attractor.Models;

/// <summary>What is known of the weights: q(pi) = Dirichlet(delta_1, .., delta_K), or pi itself.</summary>
public sealed class WeightsPosterior
{
    private readonly double[]? _prior, _concentration;
    private readonly double[] _known;

    internal WeightsPosterior(MixtureWeights prior, int components)
    {
        _known = prior.Proportions is { } p ? [.. p] : [.. Enumerable.Repeat(1.0 / components, components)];
        if (prior.Concentration is { } c)
        {
            _prior = c.Count == 1 ? [.. Enumerable.Repeat(c[0], components)] : [.. c];
            _concentration = [.. _prior];
        }
    }

    /// <summary>Whether the weights are known beforehand.</summary>
    public bool IsFixed => _concentration is null;

    /// <summary>delta_k: K values; none where the weights are known.</summary>
    public IReadOnlyList<double> Concentration => _concentration ?? [];

    /// <summary>E[pi_k]: K values.</summary>
    public IReadOnlyList<double> Mean
    {
        get
        {
            if (_concentration is null)
                return _known;
            double total = _concentration.Sum();
            return [.. _concentration.Select(c => c / total)];
        }
    }

    internal IReadOnlyList<PosteriorTensor> Tensors
        => _concentration is null ? [] : [new("concentration", [_concentration.Length], _concentration)];

    /// <summary>E[log pi_k].</summary>
    internal double[] MeanLogs()
    {
        if (_concentration is null)
            return Array.ConvertAll(_known, Math.Log);
        double[] logs = new double[_concentration.Length];
        DirichletExpectations.MeanLogs(_concentration, logs);
        return logs;
    }

    internal void Update(ReadOnlySpan<double> counts, double rate)
    {
        for (int k = 0; k < counts.Length; k++)
            _concentration![k] = ((1 - rate) * _concentration[k]) + (rate * (_prior![k] + counts[k]));
    }

    internal double ExpectedLogPrior() => DirichletExpectations.ExpectedLogDensity(_concentration, k => _prior![k]);

    internal double Entropy() => DirichletExpectations.Entropy(_concentration);
}
