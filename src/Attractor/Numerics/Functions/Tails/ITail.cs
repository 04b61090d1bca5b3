namespace Attractor.Numerics;

/// <summary>
/// One side of a log-concave density, seen from the point where it is cut: f(u) = f(0) e^-fall(u), u the distance outwards.
/// </summary>
internal interface ITail
{
    /// <summary>The derivative of the fall at 0; at least 0.</summary>
    double InitialSlope { get; }

    /// <summary>The second derivative of the fall at 0; at least 0.</summary>
    double InitialCurvature { get; }

    /// <summary>The fall, convex in u, and its derivative.</summary>
    double Fall(double distance, out double slope);

    /// <summary>The fall, and the two factors whose integrals against the density are wanted.</summary>
    double Fall(double distance, out double first, out double second);
}
