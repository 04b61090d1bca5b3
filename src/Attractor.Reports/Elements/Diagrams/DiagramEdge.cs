namespace Attractor.Reports;

/// <summary>An arrow of a graphical model: the distribution of <paramref name="To"/> depends on <paramref name="From"/>.</summary>
/// <param name="From">Index of the parent among the nodes.</param>
/// <param name="To">Index of the child among the nodes.</param>
public sealed record DiagramEdge(int From, int To);
