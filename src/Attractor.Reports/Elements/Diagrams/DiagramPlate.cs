namespace Attractor.Reports;

/// <summary>A plate of a graphical model: everything in it is there as many times as its label says.</summary>
/// <param name="Label">How many times: <c>N</c>.</param>
/// <param name="X">Left edge, in pixels.</param>
/// <param name="Y">Upper edge, in pixels.</param>
/// <param name="Width">Width, in pixels.</param>
/// <param name="Height">Height, in pixels.</param>
public sealed record DiagramPlate(string Label, double X, double Y, double Width, double Height);
