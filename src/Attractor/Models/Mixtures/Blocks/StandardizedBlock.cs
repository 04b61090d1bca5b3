using Attractor.Data;

namespace Attractor.Models;

/// <summary>
/// A block of standardised columns in the units of the data: (x - mean) / scale is of the block inside, whose prior is in those units.
/// </summary>
/// <remarks>
/// Where one precision is shared by columns of which one is in grams and another in years, it is that of the standardised ones. Densities
/// are those of the data in their own units: log h(x) has -sum_d ln scale_d besides.
/// </remarks>
public sealed class StandardizedBlock : ConjugateBlock
{
    private const string Mean = "unit_mean", Scale = "unit_scale";

    private readonly double[] _logScale;

    /// <summary>A block in the units of the data.</summary>
    /// <param name="block">Of the standardised columns, of real numbers.</param>
    /// <param name="units">D means and D positive scales.</param>
    /// <exception cref="ArgumentException">The units are not for D columns, a scale is not positive, or the columns are not of locations:
    /// counts and categories have no units.</exception>
    public StandardizedBlock(ConjugateBlock block, Standardization units)
        : base((block ?? throw new ArgumentNullException(nameof(block))).Columns)
    {
        ArgumentNullException.ThrowIfNull(units);
        units.Require(block.Columns.Count);
        if (!block.IsLocation)
            throw new ArgumentException($"A block of the kind '{block.Kind}' is not about locations: it has no units.", nameof(block));
        (Block, Units) = (block, units);
        _logScale = [.. units.Scale.Select(s => Math.Log(s))];
    }

    /// <summary>The block inside.</summary>
    public ConjugateBlock Block { get; }

    /// <summary>The units of the columns.</summary>
    public Standardization Units { get; }

    /// <inheritdoc/>
    public override string Kind => Block.Kind;

    /// <inheritdoc/>
    public override IReadOnlyList<BlockValue> Hyperparameters
        => [.. Block.Hyperparameters, BlockValue.Of(Mean, Units.Mean), BlockValue.Of(Scale, Units.Scale)];

    /// <inheritdoc/>
    public override int Statistics => Block.Statistics;

    /// <inheritdoc/>
    public override bool IsLocation => true;

    /// <inheritdoc/>
    public override int Coordinates => Block.Coordinates;

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnRequest> Requests => Block.Requests;

    /// <inheritdoc/>
    public override bool NeedsCompleteRows => Block.NeedsCompleteRows;

    /// <inheritdoc/>
    public override string Symbol => Block.Symbol;

    /// <inheritdoc/>
    public override string Family => Block.Family;

    /// <inheritdoc/>
    public override IReadOnlyList<MixtureParameter> Parameters => Block.Parameters;

    /// <summary>The block of a record in its units, if it says some.</summary>
    internal static ConjugateBlock InUnits(ConjugateBlock block, BlockRecord record) => record.Has(Mean) || record.Has(Scale)
        ? new StandardizedBlock(block, new(record.Numbers(Mean), record.Numbers(Scale)))
        : block;

    /// <inheritdoc/>
    public override BlockPosterior Prior(int components) => new StandardizedPosterior(this, Block.Prior(components));

    /// <inheritdoc/>
    public override bool IsOne(int statistic, ReadOnlySpan<bool> complete) => Block.IsOne(statistic, complete);

    /// <inheritdoc/>
    public override void WriteStatistics(ReadOnlySpan<double> x, ReadOnlySpan<double> origin, Span<double> statistics)
        => Block.WriteStatistics(Inside(x), Inside(origin), statistics);

    /// <inheritdoc/>
    public override double LogBase(ReadOnlySpan<double> x) => Block.LogBase(Inside(x)) - LogScale(x);

    /// <inheritdoc/>
    public override string? Fault(double value) => Block.Fault(value);

    /// <inheritdoc/>
    public override void Place(ReadOnlySpan<double> x, ReadOnlySpan<double> deviation, int components, Span<double> coordinates)
    {
        double[] own = deviation.ToArray();
        for (int d = 0; d < own.Length; d++)
            own[d] /= Units.Scale[d];
        Block.Place(Inside(x), own, components, coordinates);
    }

    internal double[] Inside(ReadOnlySpan<double> x)
    {
        double[] own = new double[x.Length];
        Units.Apply(x, own);
        return own;
    }

    /// <summary>The sum of ln scale over the values that count: of a block that needs whole rows, none of a row with gaps.</summary>
    internal double LogScale(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int d = 0; d < x.Length; d++)
        {
            if (!double.IsNaN(x[d]))
                sum += _logScale[d];
            else if (NeedsCompleteRows)
                return 0;
        }
        return sum;
    }
}
