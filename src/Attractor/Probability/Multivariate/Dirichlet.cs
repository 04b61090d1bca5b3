using Attractor.Numerics;

namespace Attractor.Probability;

/// <summary>The Dirichlet distribution of K proportions that sum to 1.</summary>
/// <remarks>
/// The parameters are the K concentrations. Draws are made from the logarithms of gamma draws, so that small concentrations do not give
/// 0 / 0; a proportion smaller than any double is the least positive one.
/// </remarks>
public sealed class Dirichlet : IReparameterizedMultivariate, IDivergence<Dirichlet>
{
    /// <summary>How far from 1 the sum of a value may be by rounding.</summary>
    private const double Tolerance = 1e-9;

    private readonly double[] _concentration;
    private readonly double _total;

    /// <summary>The distribution with these concentrations.</summary>
    /// <exception cref="ArgumentException">There are fewer than 2, or one or their sum is not finite and above 0.</exception>
    public Dirichlet(ReadOnlySpan<double> concentration)
    {
        if (concentration.Length < 2)
            throw new ArgumentException($"Expected at least 2 concentrations, found {concentration.Length}.", nameof(concentration));
        Require.Positive(concentration);
        _concentration = concentration.ToArray();
        double sum = 0;
        foreach (double a in _concentration)
            sum += a;
        _total = Require.Positive(sum, "sum of concentration");
    }

    /// <summary>K.</summary>
    public int Dimension => _concentration.Length;

    /// <summary>K.</summary>
    public int ParameterCount => _concentration.Length;

    /// <summary>The concentrations, K values.</summary>
    public IReadOnlyList<double> Concentration => _concentration.AsReadOnly();

    /// <inheritdoc/>
    public IReadOnlyList<double> Mean => [.. _concentration.Select(a => a / _total)];

    /// <inheritdoc/>
    public IReadOnlyList<double> Variance => [.. _concentration.Select(a => a / _total * ((_total - a) / _total) / (_total + 1))];

    /// <inheritdoc/>
    public double Entropy => DirichletForms.Entropy(_concentration, _total);

    /// <summary>
    /// log p(x) with respect to the first K - 1 components; minus infinity where one is negative or the sum is further than 1e-9 from 1.
    /// </summary>
    /// <exception cref="ArgumentException">The value does not have K components.</exception>
    public double LogDensity(ReadOnlySpan<double> value)
    {
        Require.Length(value, Dimension);
        double excess = -1;
        bool outside = false;
        foreach (double x in value)
        {
            excess += x;
            outside |= x < 0;
        }
        if (double.IsNaN(excess))
            return excess;
        return outside || Math.Abs(excess) > Tolerance
            ? double.NegativeInfinity
            : DirichletForms.LogDensity(_concentration, _total, value, excess);
    }

    /// <inheritdoc/>
    public void LogDensityGradient(ReadOnlySpan<double> value, Span<double> valueGradient, Span<double> score)
    {
        Require.Length(value, Dimension);
        Require.Length(valueGradient, Dimension);
        Require.Length(score, Dimension);
        double total = Digamma.Of(_total);
        for (int i = 0; i < value.Length; i++)
        {
            valueGradient[i] = (_concentration[i] - 1) / value[i];
            score[i] = Math.Log(value[i]) + (total - Digamma.Of(_concentration[i]));
        }
    }

    /// <inheritdoc/>
    public void EntropyGradient(Span<double> gradient)
    {
        Require.Length(gradient, Dimension);
        DirichletForms.EntropyGradient(_concentration, _total, gradient);
    }

    /// <inheritdoc/>
    public void Sample(RandomStream random, Span<double> value)
    {
        ArgumentNullException.ThrowIfNull(random);
        Require.Length(value, Dimension);
        for (int i = 0; i < value.Length; i++)
            value[i] = GammaSampler.NextLog(random, _concentration[i]);
        double norm = LogSumExp.Of(value);
        foreach (ref double x in value)
            x = Draw.Proportion(Math.Exp(x - norm));
    }

    /// <summary>The adjoint of the sample as a function of the concentrations.</summary>
    /// <remarks>
    /// Each component is beta distributed, and given it the others keep their proportions: with the i-th concentration x_i moves by the
    /// implicit gradient g_i of that beta distribution and x_j by -x_j g_i / (1 - x_i) (Figurnov, Mohamed and Mnih 2018).
    /// </remarks>
    /// <inheritdoc/>
    public void Pullback(ReadOnlySpan<double> value, ReadOnlySpan<double> adjoint, Span<double> gradient)
    {
        Require.Length(value, Dimension);
        Require.Length(adjoint, Dimension);
        Require.Length(gradient, Dimension);
        for (int i = 0; i < value.Length; i++)
        {
            // Summed apart: where x_i is nearly 1, 1 - x_i has lost the digits of the others.
            double others = 0, pull = 0, rest = 0;
            for (int j = 0; j < value.Length; j++)
            {
                if (j == i)
                    continue;
                others += value[j];
                pull += adjoint[j] * value[j];
                rest += _concentration[j];
            }
            gradient[i] = BetaSample.Gradient(_concentration[i], rest, value[i]).A * (adjoint[i] - (pull / others));
        }
    }

    /// <inheritdoc/>
    public double KullbackLeibler(Dirichlet other)
    {
        RequireSameDimension(other);
        return DirichletForms.KullbackLeibler(_concentration, _total, other._concentration, other._total);
    }

    /// <inheritdoc/>
    public void KullbackLeiblerGradient(Dirichlet other, Span<double> gradient, Span<double> otherGradient)
    {
        RequireSameDimension(other);
        Require.Length(gradient, Dimension);
        Require.Length(otherGradient, Dimension);
        DirichletForms.KullbackLeiblerGradient(_concentration, _total, other._concentration, other._total, gradient, otherGradient);
    }

    private void RequireSameDimension(Dirichlet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Dimension != Dimension)
            throw new ArgumentException($"Expected {Dimension} dimensions, found {other.Dimension}.", nameof(other));
    }
}
