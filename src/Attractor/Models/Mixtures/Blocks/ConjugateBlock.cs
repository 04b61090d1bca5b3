using Attractor.Data;

namespace Attractor.Models;

/// <summary>
/// One part of every component of a mixture: an exponential family over some columns, with a conjugate prior on its parameters.
/// </summary>
/// <remarks>
/// Given the component, log p(x | theta) = eta(theta)' T(x) - A(theta) + log h(x) with sufficient statistics T. Everything that a mixture
/// does with data goes through them: the expected log-likelihood is linear in T(x), and a posterior needs no more than their sums. A block
/// knows the family and the prior, its <see cref="BlockPosterior"/> what was learnt. What multiplies -A(theta), 1 for a row that is there
/// and 0 for one that is missing, is one of the statistics.
/// <para>
/// A block of one's own derives from this class, or from <see cref="SingleColumnBlock"/>; its posterior from <see cref="BlockPosterior"/>.
/// It must say its statistics, log h(x) and its hyperparameters; where rows are compared by their distance, what its columns are in a file
/// and how a report names it have defaults. Mixtures with it are fitted, sampled and written like all others; to be read again its kind is
/// registered, <see cref="BlockKind.Register"/>. A block does not change once it is made, and several threads call it at once.
/// </para>
/// </remarks>
public abstract class ConjugateBlock
{
    /// <summary>A block about some columns.</summary>
    /// <param name="columns">The names of the D columns.</param>
    /// <exception cref="ArgumentException">There are none, one has no name, or two have the same.</exception>
    protected ConjugateBlock(IReadOnlyList<string> columns)
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
    public string Label => string.Join(", ", Columns);

    /// <summary>
    /// The prior by name, in the order of a file: with the columns all that <see cref="BlockKind.Create"/> needs to make the block again.
    /// </summary>
    public abstract IReadOnlyList<BlockValue> Hyperparameters { get; }

    /// <summary>The posterior of the parameters of all components before any data: the prior.</summary>
    /// <param name="components">K.</param>
    public abstract BlockPosterior Prior(int components);

    /// <summary>How many sufficient statistics there are.</summary>
    public abstract int Statistics { get; }

    /// <summary>
    /// Whether a statistic is 1 in every row if these of the columns have no missing values. Such statistics of all blocks are kept once.
    /// </summary>
    /// <param name="statistic">The index of the statistic.</param>
    /// <param name="complete">Of each of the D columns, whether no value is missing.</param>
    public virtual bool IsOne(int statistic, ReadOnlySpan<bool> complete) => false;

    /// <summary>Writes T(x). A missing value (NaN) gives 0 wherever it would take part, which marginalises it.</summary>
    /// <param name="x">D values.</param>
    /// <param name="origin">D values that are subtracted first: those of a family of locations lose
    /// fewer digits so. 0 for the others.</param>
    /// <param name="statistics">As many values as there are statistics; what they were before means nothing.</param>
    public abstract void WriteStatistics(ReadOnlySpan<double> x, ReadOnlySpan<double> origin, Span<double> statistics);

    /// <summary>log h(x); what is missing (NaN) adds nothing.</summary>
    /// <param name="x">D values.</param>
    public abstract double LogBase(ReadOnlySpan<double> x);

    /// <summary>Whether the values are locations, which may be measured from any origin.</summary>
    public virtual bool IsLocation => false;

    /// <summary>
    /// What is wrong with a value that is not missing, such as "is not a count: ..."; null if nothing is. Any finite number will do unless
    /// a block says otherwise.
    /// </summary>
    public virtual string? Fault(double value) => double.IsFinite(value) ? null : "is not finite";

    /// <summary>How many coordinates a row has where rows are compared by their distance, as for the starts of a fit.</summary>
    public virtual int Coordinates => Columns.Count;

    /// <summary>
    /// Coordinates of a row in which rows of the same component are about 1 apart; unless a block knows
    /// better, as of components that tile the columns.
    /// </summary>
    /// <param name="x">D values, none of them missing.</param>
    /// <param name="deviation">D standard deviations of the columns, above 0.</param>
    /// <param name="components">K.</param>
    /// <param name="coordinates">The coordinates are written here.</param>
    public virtual void Place(ReadOnlySpan<double> x, ReadOnlySpan<double> deviation, int components, Span<double> coordinates)
    {
        for (int d = 0; d < x.Length; d++)
            coordinates[d] = x[d] * GaussianPlace.Scale(deviation[d], components, x.Length);
    }

    /// <summary>What the columns are in a file: of real numbers unless a block says otherwise.</summary>
    public virtual IReadOnlyList<ColumnRequest> Requests => [.. Columns.Select(c => new ColumnRequest(c, ColumnKind.Real))];

    /// <summary>Whether a row that lacks one of the values counts as lacking all of them.</summary>
    public virtual bool NeedsCompleteRows => false;

    /// <summary>The letter of the observed values in the graphical model.</summary>
    public virtual string Symbol => "x";

    /// <summary>The name of the family, for people: "Gaussian".</summary>
    public virtual string Family => Kind;

    /// <summary>
    /// The parameters in the graphical model; none if they are not to be drawn. Where several blocks have one letter, what draws them
    /// numbers the symbols.
    /// </summary>
    public virtual IReadOnlyList<MixtureParameter> Parameters => [];

    /// <summary>How many numbers say the posterior: of each component, and of all at once.</summary>
    internal (int OfEach, int Shared) PosteriorSize
    {
        get
        {
            IReadOnlyList<PosteriorTensor> tensors = Prior(1).Tensors;
            return (tensors.Where(t => !t.Shared).Sum(t => t.Values.Length), tensors.Where(t => t.Shared).Sum(t => t.Values.Length));
        }
    }

    /// <summary>A number of a prior that must be above 0 and finite.</summary>
    /// <param name="value">The number.</param>
    /// <param name="name">The name of the argument.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    protected static double Positive(double value, string name)
        => value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be above 0 and finite.");

    /// <summary>Numbers of a prior of which there is one for each column.</summary>
    /// <param name="values">D values.</param>
    /// <param name="name">The name of the argument.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">There is another number of them, or one is not finite.</exception>
    protected double[] PerColumn(IReadOnlyList<double> values, string name)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count != Columns.Count)
            throw new ArgumentException($"{name} has {values.Count} values, expected {Columns.Count}: one for each of {Label}.", name);
        return values.All(double.IsFinite) ? [.. values] : throw new ArgumentException($"{name} holds a value that is not finite.", name);
    }
}
