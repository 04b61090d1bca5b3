namespace Attractor.Reports;

/// <summary>A part of a figure of an orbit with a colour and a name of its own, such as the steps within one region.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Color">A colour of the style sheet, or any.</param>
/// <param name="Points">Three values each, joined in their order; what is not finite is a gap.</param>
public sealed record OrbitPart(string Name, string Color, IReadOnlyList<double[]> Points)
{
    /// <summary>Whether the points are joined; else each is a dot.</summary>
    public bool Joined { get; init; } = true;

    /// <summary>From 0, not to be seen, to 1.</summary>
    public double Opacity { get; init; } = 0.8;
}
