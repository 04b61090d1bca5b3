namespace Attractor.Learning;

/// <summary>A function of one point and its gradient.</summary>
/// <param name="point">z.</param>
/// <param name="gradient">df/dz is to be written, as long as z; empty where only the value is wanted.</param>
/// <returns>f(z).</returns>
public delegate double PointFunction(ReadOnlySpan<double> point, Span<double> gradient);
