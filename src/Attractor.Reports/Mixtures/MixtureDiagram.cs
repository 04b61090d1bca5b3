using Attractor.Models;

namespace Attractor.Reports;

/// <summary>
/// Lays out the graphical model of a mixture: weights, rows with what is observed of them, components with their parameters,
/// hyperparameters, from left to right.
/// </summary>
public sealed class MixtureDiagram
{
    // Pixels: between rows of circles, between dots above one another, from a circle to the edge of its plate.
    private const double Line = 78, DotLine = 30, Padding = 36, Foot = 52;
    private const double DotColumn = 0, WeightColumn = 78, FixedWeightColumn = 56, AllocationColumn = 176;

    private readonly List<DiagramNode> _nodes = [];
    private readonly List<DiagramEdge> _edges = [];
    private readonly List<MixtureBlock> _blocks;
    private readonly double _observedColumn, _sharedColumn, _componentColumn, _hyperparameterColumn;

    private MixtureDiagram(IReadOnlyList<MixtureBlock> blocks)
    {
        _blocks = [.. blocks];
        bool shared = blocks.Any(b => b.Parameters.Any(p => !p.PerComponent));
        // The more lines there are, the steeper are the arrows between them.
        _observedColumn = AllocationColumn + (blocks.Count > 3 ? 124 : 100);
        _sharedColumn = _observedColumn + Padding + 62;
        _componentColumn = _observedColumn + (2 * Padding) + (shared ? 124 : 44);
        _hyperparameterColumn = _componentColumn + Padding + 44;
    }

    /// <summary>The diagram of a mixture.</summary>
    /// <param name="blocks">What is observed of each row: one or more.</param>
    /// <param name="concentration">The symbol of the Dirichlet prior of the weights, such as <c>delta</c>;
    /// null for weights that are fixed.</param>
    /// <exception cref="ArgumentException">There are no blocks.</exception>
    public static PlateDiagram Of(IReadOnlyList<MixtureBlock> blocks, string? concentration)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        if (blocks.Count == 0)
            throw new ArgumentException("A mixture without observed columns was given; one block or more was expected.", nameof(blocks));
        return new MixtureDiagram(blocks).Lay(concentration);
    }

    private PlateDiagram Lay(string? concentration)
    {
        double[] heights = [.. _blocks.Select(b => b.Parameters.Sum(Height))];
        double bottom = heights.Sum(h => Math.Max(h, Line)), middle = bottom / 2;
        int allocation = LayWeights(concentration, middle);
        double top = 0;
        for (int b = 0; b < _blocks.Count; b++)
        {
            LayBlock(_blocks[b], allocation, top);
            top += Math.Max(heights[b], Line);
        }
        double from = Math.Min(0, middle - (Line / 2)), height = bottom - from + Foot - Padding;
        List<DiagramPlate> plates =
            [new("N", AllocationColumn - Padding, from, _observedColumn - AllocationColumn + (2 * Padding), height)];
        if (_blocks.Any(b => b.Parameters.Any(p => p.PerComponent)))
            plates.Add(new("K", _componentColumn - Padding, from, 2 * Padding, height));
        return new(
            "Graphical model",
            "Open circles are inferred, shaded ones observed, dots chosen beforehand. What stands in a plate is there once for each of N "
            + "rows or of K components; an arrow leads from what a distribution depends on.",
            _nodes, _edges, plates);
    }

    private int LayWeights(string? concentration, double middle)
    {
        int weights;
        if (concentration is null)
        {
            weights = Add("pi", "weights of the components, fixed", DiagramNodeKind.Fixed, FixedWeightColumn, middle, onTheLeft: true);
        }
        else
        {
            int dot = Add(
                concentration, "concentration of the prior of the weights", DiagramNodeKind.Fixed, DotColumn, middle, onTheLeft: true);
            weights = Add("pi", "weights of the components, Dirichlet", DiagramNodeKind.Latent, WeightColumn, middle);
            _edges.Add(new(dot, weights));
        }
        int allocation = Add("z_n", "the component that row n is from, categorical", DiagramNodeKind.Latent, AllocationColumn, middle);
        _edges.Add(new(weights, allocation));
        return allocation;
    }

    private void LayBlock(MixtureBlock block, int allocation, double top)
    {
        // What components share stands below what each has of its own, and the observed circle beside the latter.
        MixtureParameter[] own = [.. block.Parameters.Where(p => p.PerComponent)],
            shared = [.. block.Parameters.Where(p => !p.PerComponent)];
        double ownHeight = Math.Max(Line, own.Sum(Height));
        int observed = Add(block.Symbol, block.Meaning, DiagramNodeKind.Observed, _observedColumn, top + (ownHeight / 2));
        _edges.Add(new(allocation, observed));
        Dictionary<string, int> placed = [];
        double y = top;
        foreach (MixtureParameter parameter in own)
        {
            placed[parameter.Symbol] = Add(
                parameter.Symbol, parameter.Meaning, Kind(parameter), _componentColumn, y + (Height(parameter) / 2));
            y += Height(parameter);
        }
        y = top + ownHeight;
        foreach (MixtureParameter parameter in shared)
        {
            placed[parameter.Symbol] = Add(parameter.Symbol, parameter.Meaning, Kind(parameter), _sharedColumn, y + (Line / 2));
            y += Height(parameter);
        }
        foreach (MixtureParameter parameter in block.Parameters)
        {
            _edges.Add(new(placed[parameter.Symbol], observed));
            LayHyperparameters(parameter, placed);
        }
    }

    private void LayHyperparameters(MixtureParameter parameter, Dictionary<string, int> placed)
    {
        int child = placed[parameter.Symbol];
        (string Symbol, string Meaning)[] dots = [.. parameter.Hyperparameters.Where(h => !placed.ContainsKey(h.Symbol))];
        foreach ((string symbol, _) in parameter.Hyperparameters.Where(h => placed.ContainsKey(h.Symbol)))
            _edges.Add(new(placed[symbol], child));
        for (int i = 0; i < dots.Length; i++)
        {
            double aside = i - ((dots.Length - 1) / 2.0);
            int dot = parameter.PerComponent
                ? Add(dots[i].Symbol, dots[i].Meaning, DiagramNodeKind.Fixed, _hyperparameterColumn, _nodes[child].Y + (aside * DotLine))
                : Add(
                    dots[i].Symbol,
                    dots[i].Meaning,
                    DiagramNodeKind.Fixed,
                    _sharedColumn + (aside * DotLine),
                    _nodes[child].Y + 56,
                    onTheLeft: aside < 0);
            _edges.Add(new(dot, child));
        }
    }

    private int Add(string symbol, string meaning, DiagramNodeKind kind, double x, double y, bool onTheLeft = false)
    {
        _nodes.Add(new(symbol, meaning, kind, x, y) { SymbolOnTheLeft = onTheLeft });
        return _nodes.Count - 1;
    }

    private static DiagramNodeKind Kind(MixtureParameter parameter) => parameter.IsFixed ? DiagramNodeKind.Fixed : DiagramNodeKind.Latent;

    private static double Height(MixtureParameter parameter)
    {
        int dots = parameter.Hyperparameters.Count;
        return parameter.PerComponent ? Math.Max(Line, (dots * DotLine) + 18) : Line + (dots > 0 ? 32 : 0);
    }
}
