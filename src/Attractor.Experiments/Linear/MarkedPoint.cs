namespace Attractor.Experiments;

/// <summary>A point of the loss surface that the document marks.</summary>
/// <param name="Network">Its weights.</param>
/// <param name="Color">Its colour in the figures.</param>
internal sealed record MarkedPoint(LinearNetwork Network, string Color)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<MarkedPoint> All { get; } =
    [
        new(new(2, 1), "--fifth"),
        new(new(1, 2), "--true"),
        new(new(1, -2), "--fourth"),
        new(new(1, 0), "--seventh"),
        new(new(1, 0.5), "--third"),
        new(new(1, -0.5), "--generated"),
    ];

    /// <summary>The weights, for a legend.</summary>
    public string Name => FormattableString.Invariant($"({Network.Wx}, {Network.Wrec})");
}
