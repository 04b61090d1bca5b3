using System.Globalization;

namespace Attractor.Evaluation;

/// <summary>How D_stsp is taken of data: over which coordinates, in how many bins, so that it can fail.</summary>
/// <remarks>
/// A histogram of k^N bins is empty in many dimensions, and of few rows, and then every orbit scores alike. Up to three variables are
/// binned as they are, in the published 30 bins where on average at least five rows come to a bin that holds any, else in the most bins of
/// which this is so. Of more variables the three leading principal components (of the variables in standard deviations) are binned, in the
/// most bins to which 25 rows come: there the geometry of a perfect model is told from that of Gaussian noise.
/// </remarks>
public sealed class DivergenceForm
{
    private const int FewestBins = 2;
    private const double RowsOfVariables = 5, RowsOfComponents = 25;

    private readonly LeadingComponents? _components;

    private DivergenceForm(int variables, LeadingComponents? components, int bins)
        => (Variables, _components, Bins) = (variables, components, bins);

    /// <summary>N, the variables of the data.</summary>
    public int Variables { get; }

    /// <summary>The leading principal components that are binned; null where the variables are binned as they are.</summary>
    public int? Components => _components is null ? null : LeadingComponents.Most;

    /// <summary>k, the bins of each coordinate.</summary>
    public int Bins { get; }

    /// <summary>Its word: <c>binned</c> or <c>binned-components</c>.</summary>
    public string Name => _components is null ? "binned" : "binned-components";

    /// <summary>What it is, in words.</summary>
    public string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"{Bins} bins of each of {(_components is null ? "the" : $"{Components} principal components of the {Variables}")} variables");

    /// <summary>The form for a truth.</summary>
    /// <param name="truth">T x N. Rows with missing values are passed over.</param>
    /// <param name="mostBins">The most bins of a coordinate.</param>
    public static DivergenceForm Of(TimeSeries truth, int mostBins = StateSpaceDivergence.DefaultBins)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostBins, FewestBins);
        bool asTheyAre = truth.Dimension <= LeadingComponents.Most;
        TimeSeries complete = ComparedRows.Complete(truth);
        LeadingComponents? components = asTheyAre ? null : LeadingComponents.Of(complete);
        TimeSeries seen = components?.Project(complete) ?? complete;
        double rows = asTheyAre ? RowsOfVariables : RowsOfComponents;
        int bins = mostBins;
        // Nothing fills the bins of a constant, which is refused when it is compared.
        if (!ComparedRows.AnyConstant(seen))
            while (bins > FewestBins && new BinnedTruth(seen, bins).RowsPerOccupiedBin < rows)
                bins--;
        return new(truth.Dimension, components, bins);
    }

    /// <summary>The same with another number of bins.</summary>
    internal DivergenceForm WithBins(int bins) => new(Variables, _components, bins);

    /// <summary>D_stsp of an orbit.</summary>
    /// <param name="truth">T x N: any rows of the data that the form was made for.</param>
    /// <param name="generated">Any length, N variables. Values that are not finite count as outside.</param>
    /// <returns>In nats; NaN if no generated point falls inside.</returns>
    /// <exception cref="ArgumentException">The numbers of variables differ, or there is nothing to compare in the truth.</exception>
    public double Between(TimeSeries truth, TimeSeries generated)
    {
        ComparedRows.RequireSameDimension(truth, generated);
        if (truth.Dimension != Variables)
            throw new ArgumentException($"Expected {Variables} variables, found {truth.Dimension}.", nameof(truth));
        return StateSpaceDivergence.Binned(Seen(truth), Seen(generated), Bins);
    }

    private TimeSeries Seen(TimeSeries series) => _components?.Project(series) ?? series;
}
