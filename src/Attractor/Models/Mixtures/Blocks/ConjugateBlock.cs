namespace Attractor.Models;

/// <summary>One part of every component of a mixture: an exponential family over some columns, with a conjugate prior on its parameters.</summary>
/// <remarks>
/// Given the component, log p(x | theta) = eta(theta)' T(x) + log h(x) with sufficient statistics T. Everything that a mixture does with data goes through them: the expected log-likelihood is
/// linear in T(x), and a posterior needs no more than their sums. A block knows the family and the prior, its <see cref="BlockPosterior"/> what was learnt.
/// </remarks>
public abstract class ConjugateBlock
{
    private protected ConjugateBlock(IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0)
            throw new ArgumentException("A block is about at least one column.", nameof(columns));
        if (columns.Any(string.IsNullOrEmpty))
            throw new ArgumentException("A column has no name.", nameof(columns));
        if (columns.GroupBy(c => c).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"The column '{twice.Key}' is named {twice.Count()} times.", nameof(columns));
        Columns = [.. columns];
    }

    /// <summary>The family, as files and commands name it.</summary>
    public abstract string Kind { get; }

    /// <summary>The names of the D columns that it is about.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The columns as messages name them.</summary>
    internal string Label => string.Join(", ", Columns);

    /// <summary>The posterior of the parameters of all components before any data: the prior.</summary>
    internal abstract BlockPosterior Prior(int components);

    /// <summary>How many numbers say the posterior: of each component, and of all at once.</summary>
    internal abstract (int OfEach, int Shared) PosteriorSize { get; }

    /// <summary>How many sufficient statistics there are.</summary>
    internal abstract int Statistics { get; }

    /// <summary>Whether a statistic is 1 in every row if these of the columns have no missing values.</summary>
    internal abstract bool IsOne(int statistic, ReadOnlySpan<bool> complete);

    /// <summary>T(x). A missing value (NaN) gives 0 wherever it would take part, which marginalises it.</summary>
    /// <param name="x">D values.</param>
    /// <param name="origin">D values that are subtracted first: those of a family of locations lose fewer digits so. 0 for the others.</param>
    /// <param name="statistics">As many values as there are statistics.</param>
    internal abstract void Write(ReadOnlySpan<double> x, ReadOnlySpan<double> origin, Span<double> statistics);

    /// <summary>log h(x).</summary>
    internal abstract double LogBase(ReadOnlySpan<double> x);

    /// <summary>Whether the values are locations, which may be measured from any origin.</summary>
    internal virtual bool IsLocation => false;

    /// <summary>What is wrong with a value that is not missing, such as "is not a count: ..."; null if nothing is.</summary>
    internal abstract string? Fault(double value);

    /// <summary>How many coordinates a row has where rows are compared by their distance.</summary>
    internal virtual int Coordinates => Columns.Count;

    /// <summary>Coordinates of a row in which rows of the same component are about 1 apart.</summary>
    /// <param name="x">D values, none of them missing.</param>
    /// <param name="deviation">D standard deviations of the columns, above 0.</param>
    /// <param name="components">K.</param>
    /// <param name="coordinates">The coordinates are written here.</param>
    internal abstract void Place(ReadOnlySpan<double> x, ReadOnlySpan<double> deviation, int components, Span<double> coordinates);

    private protected static double Positive(double value, string name)
        => value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be above 0 and finite.");

    private protected double[] PerColumn(IReadOnlyList<double> values, string name)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count != Columns.Count)
            throw new ArgumentException($"{name} has {values.Count} values, expected {Columns.Count}: one for each of {Label}.", name);
        return values.All(double.IsFinite) ? [.. values] : throw new ArgumentException($"{name} holds a value that is not finite.", name);
    }
}
