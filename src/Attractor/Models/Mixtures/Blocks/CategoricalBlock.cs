using Attractor.Data;

namespace Attractor.Models;

/// <summary>One of C categories ~ Categorical(theta_k) with theta_k ~ Dirichlet(concentration).</summary>
/// <remarks>Values are the indices 0 .. C - 1; the statistics say which of them it is.</remarks>
public sealed class CategoricalBlock : ConjugateBlock
{
    /// <summary>What files and commands call it.</summary>
    public const string KindName = "categorical";

    private const int MostLevels = 4096;

    /// <summary>One of C categories.</summary>
    /// <param name="column">The column.</param>
    /// <param name="levels">The C names of the categories.</param>
    /// <param name="concentration">Of the Dirichlet prior, the same for all: how many rows of each it counts for.</param>
    /// <exception cref="ArgumentException">There are fewer than two categories, two of one name, or the
    /// concentration is not above 0.</exception>
    public CategoricalBlock(string column, IReadOnlyList<string> levels, double concentration = 1)
        : base([column])
    {
        ArgumentNullException.ThrowIfNull(levels);
        if (levels.Count is < 2 or > MostLevels)
            throw new ArgumentException(
                $"The column '{column}' has {levels.Count} categories; 2 to {MostLevels} are expected.", nameof(levels));
        if (levels.Distinct().Count() != levels.Count)
            throw new ArgumentException($"Two categories of the column '{column}' have the same name.", nameof(levels));
        (Levels, Concentration) = ([.. levels], Positive(concentration, nameof(concentration)));
    }

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>The C names of the categories.</summary>
    public IReadOnlyList<string> Levels { get; }

    /// <summary>Concentration of the Dirichlet prior.</summary>
    public double Concentration { get; }

    /// <inheritdoc/>
    public override int Statistics => Levels.Count;

    /// <inheritdoc/>
    public override int Coordinates => Levels.Count;

    internal static BlockKind Registration { get; } = new(
        KindName, r => new CategoricalBlock(r.Column, r.Words("levels"), r.Number("concentration")));

    /// <inheritdoc/>
    public override IReadOnlyList<BlockValue> Hyperparameters
        => [BlockValue.Of("concentration", Concentration), BlockValue.Of("levels", Levels)];

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnRequest> Requests => [new(Columns[0], ColumnKind.Category) { Levels = Levels }];

    /// <inheritdoc/>
    public override string Symbol => "c";

    /// <inheritdoc/>
    public override string Family => "categorical";

    /// <inheritdoc/>
    public override IReadOnlyList<MixtureParameter> Parameters
        => [new("phi_k", "probabilities of component k, Dirichlet", [("gamma", "concentration")])];

    /// <inheritdoc/>
    public override BlockPosterior Prior(int components) => new CategoricalPosterior(this, components);

    /// <inheritdoc/>
    public override void WriteStatistics(ReadOnlySpan<double> x, ReadOnlySpan<double> origin, Span<double> statistics)
    {
        statistics.Clear();
        if (!double.IsNaN(x[0]))
            statistics[(int)x[0]] = 1;
    }

    /// <inheritdoc/>
    public override double LogBase(ReadOnlySpan<double> x) => 0;

    /// <inheritdoc/>
    public override string? Fault(double value)
        => value >= 0 && value < Levels.Count && value == Math.Floor(value)
            ? null
            : $"is not the index of a category: 0 to {Levels.Count - 1}";

    /// <inheritdoc/>
    public override void Place(ReadOnlySpan<double> x, ReadOnlySpan<double> deviation, int components, Span<double> coordinates)
    {
        coordinates.Clear();
        // A column of means, where a value was missing, is between the categories.
        coordinates[Math.Clamp((int)Math.Round(x[0]), 0, Levels.Count - 1)] = Math.Sqrt(2);
    }
}
