using Attractor.Systems;

namespace Attractor.Dynamics;

/// <summary>The regions of a piecewise-linear map that an orbit visits, and how it goes from one to the other.</summary>
/// <remarks>
/// A symbol for each region turns the orbit into a sequence of symbols (M. Brenner, C. J. Hemmer, Z. Monfared, D. Durstewitz,
/// "Almost-linear RNNs yield highly interpretable symbolic codes in dynamical systems reconstruction", NeurIPS 2024). The transition
/// matrix is that of all steps, stays included, each row summing to 1.
/// </remarks>
/// <param name="Regions">The regions by falling occupancy; a region's place is its symbol.</param>
/// <param name="Symbols">The symbol of each step.</param>
/// <param name="Transitions">The edges that occur, by where they come from, then where they go.</param>
/// <param name="Words">How many different words there are, by length.</param>
/// <param name="BoundaryCrossings">Boundaries crossed in a step, on average.</param>
/// <param name="Flips">For each boundary, the share of steps that cross it.</param>
public sealed record RegionAtlas(
    IReadOnlyList<AtlasRegion> Regions,
    IReadOnlyList<int> Symbols,
    IReadOnlyList<RegionTransition> Transitions,
    IReadOnlyList<WordCount> Words,
    double BoundaryCrossings,
    IReadOnlyList<double> Flips)
{
    /// <summary>The regions in the order of the orbit, each once however long it stays, with the steps of the stay.</summary>
    public IReadOnlyList<(int Symbol, int Steps)> Itinerary { get; } = [.. SymbolicSequence.Itinerary(Symbols)];

    /// <summary>
    /// ln of the spectral radius of the graph of transitions, in nats a step: the growth of the number of paths through it. Paths
    /// that the map does not take are among them, so that it is above the topological entropy of the symbols unless the regions are a
    /// Markov partition; <see cref="WordEntropy"/> comes down to that with the length.
    /// </summary>
    public double GraphEntropy { get; } = SymbolicSequence.TopologicalEntropy(Transitions, Regions.Count);

    /// <summary>-sum p_i P_ij ln P_ij, in nats a step: the entropy of a Markov chain with these transitions.</summary>
    public double MarkovEntropy { get; } = SymbolicSequence.MarkovEntropy(Transitions);

    /// <summary>
    /// ln of the number of words of the greatest length less that of one symbol less, in nats a step: an estimate of the topological
    /// entropy of the symbols, too low once the orbit is too short to show all words.
    /// </summary>
    public double WordEntropy
        => Words.Count < 2 ? 0 : Math.Log((double)Words[^1].OfSteps / Words[^2].OfSteps);

    /// <summary>The region of a state: bit i % 64 of word i / 64 for g_i(z) > 0.</summary>
    /// <param name="map">The map.</param>
    /// <param name="state">D values.</param>
    public static ulong[] RegionOf(IPiecewiseLinearMap map, ReadOnlySpan<double> state)
    {
        ArgumentNullException.ThrowIfNull(map);
        double[] values = new double[map.Boundaries];
        map.BoundaryValues(state, values);
        ulong[] region = new ulong[RegionSequence.Words(map)];
        RegionSequence.RegionOf(values, region);
        return region;
    }

    /// <summary>Follows an orbit through the regions.</summary>
    /// <param name="map">Any piecewise-linear map, such as a trained PLRNN.</param>
    /// <param name="start">The state to begin at: D values.</param>
    /// <param name="options">How far.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the state has another dimension.</exception>
    /// <exception cref="ArithmeticException">The orbit does not stay finite.</exception>
    public static RegionAtlas Of(
        IPiecewiseLinearMap map,
        ReadOnlySpan<double> start,
        RegionAtlasOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        DrivenMap.RequireAutonomous(map, "an atlas and its fixed points");
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Steps, 2, nameof(options.Steps));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Transient, nameof(options.Transient));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.WordLength, nameof(options.WordLength));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Described, nameof(options.Described));
        if (start.Length != map.Dimension)
            throw new ArgumentException($"The map has {map.Dimension} variables, the state {start.Length}.", nameof(start));
        RegionWalk walk = new(map, start);
        walk.Run(options.Transient, options.Steps, cancellationToken);
        (int[] symbols, int[] order) = walk.ByOccupancy();
        AtlasRegion[] regions = new AtlasRegion[order.Length];
        for (int symbol = 0; symbol < order.Length; symbol++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ulong[] region = walk.Region(order[symbol]);
            int visits = walk.Visits(order[symbol]);
            regions[symbol] = new(
                symbol,
                region,
                map.Boundaries,
                visits,
                (double)visits / options.Steps,
                walk.Centre(order[symbol]),
                symbol < options.Described ? RegionFixedPoint.Of(map, region) : null);
        }
        int[] ofSteps = SymbolicSequence.Words(symbols, options.WordLength);
        int[] ofItinerary = SymbolicSequence.Words([.. SymbolicSequence.Itinerary(symbols).Select(s => s.Symbol)], options.WordLength);
        return new(
            regions,
            symbols,
            SymbolicSequence.Transitions(symbols),
            [.. ofSteps.Select((n, i) => new WordCount(i + 1, n, ofItinerary[i]))],
            walk.Flips.Sum(f => (double)f) / (options.Steps - 1),
            [.. walk.Flips.Select(f => (double)f / (options.Steps - 1))]);
    }
}
