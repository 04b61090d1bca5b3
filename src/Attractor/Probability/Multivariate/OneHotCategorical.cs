using Attractor.Numerics;

namespace Attractor.Probability;

/// <summary>
/// n independent categorical variables of K classes each, as n one-hot vectors one behind the
/// other: a vector of n K components, n of them 1.
/// </summary>
/// <remarks>
/// The parameters are the n x K logits, row by row. The samples do not move with them; for relaxed ones that do see
/// <see cref="RelaxedOneHot"/>.
/// </remarks>
public sealed class OneHotCategorical : IMultivariateDistribution
{
    private readonly Categorical[] _variables;

    /// <summary>The variables with these logits.</summary>
    /// <param name="logits">n x K, row by row.</param>
    /// <param name="classes">K, at least 2.</param>
    /// <exception cref="ArgumentException">There are no logits, one is not finite, or their number is no multiple of K.</exception>
    public OneHotCategorical(ReadOnlySpan<double> logits, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        if (logits.IsEmpty || logits.Length % classes != 0)
            throw new ArgumentException($"Expected {classes} logits for each variable, found {logits.Length} in all.", nameof(logits));
        Classes = classes;
        _variables = new Categorical[logits.Length / classes];
        for (int i = 0; i < _variables.Length; i++)
            _variables[i] = new(logits.Slice(i * classes, classes));
    }

    /// <summary>K.</summary>
    public int Classes { get; }

    /// <summary>The n variables.</summary>
    public IReadOnlyList<Categorical> Variables => _variables;

    /// <inheritdoc/>
    public int Dimension => _variables.Length * Classes;

    /// <inheritdoc/>
    public int ParameterCount => Dimension;

    /// <summary>The probabilities, n x K.</summary>
    public IReadOnlyList<double> Mean => [.. _variables.SelectMany(v => v.Probabilities)];

    /// <inheritdoc/>
    public IReadOnlyList<double> Variance => [.. Mean.Select(p => p * (1 - p))];

    /// <inheritdoc/>
    public double Entropy => _variables.Sum(v => v.Entropy);

    /// <summary>log p of n one-hot vectors; minus infinity of anything else.</summary>
    /// <exception cref="ArgumentException">The value does not have n K components.</exception>
    public double LogDensity(ReadOnlySpan<double> value)
    {
        Require.Length(value, Dimension);
        double log = 0;
        for (int i = 0; i < _variables.Length; i++)
            log += _variables[i].LogMass(ClassOf(value.Slice(i * Classes, Classes)));
        return log;
    }

    /// <inheritdoc/>
    public void LogDensityGradient(ReadOnlySpan<double> value, Span<double> valueGradient, Span<double> score)
    {
        Require.Length(value, Dimension);
        Require.Length(valueGradient, Dimension);
        Require.Length(score, ParameterCount);
        valueGradient.Clear();
        for (int i = 0; i < _variables.Length; i++)
            _variables[i].LogMassGradient(ClassOf(value.Slice(i * Classes, Classes)), score.Slice(i * Classes, Classes));
    }

    /// <inheritdoc/>
    public void EntropyGradient(Span<double> gradient)
    {
        Require.Length(gradient, ParameterCount);
        for (int i = 0; i < _variables.Length; i++)
            _variables[i].EntropyGradient(gradient.Slice(i * Classes, Classes));
    }

    /// <inheritdoc/>
    public void Sample(RandomStream random, Span<double> value)
    {
        Require.Length(value, Dimension);
        value.Clear();
        for (int i = 0; i < _variables.Length; i++)
            value[(i * Classes) + _variables[i].Sample(random)] = 1;
    }

    // -1 where it is no one-hot vector.
    private static int ClassOf(ReadOnlySpan<double> oneHot)
    {
        int found = -1;
        for (int i = 0; i < oneHot.Length; i++)
        {
            if (oneHot[i] == 0)
                continue;
            if (oneHot[i] != 1 || found >= 0)
                return -1;
            found = i;
        }
        return found;
    }
}
