namespace Attractor.Numerics;

/// <summary>What is minimised.</summary>
/// <param name="point">x.</param>
/// <param name="gradient">df/dx is written, as long as x.</param>
/// <returns>f(x).</returns>
internal delegate double DescentFunction(ReadOnlySpan<double> point, Span<double> gradient);
