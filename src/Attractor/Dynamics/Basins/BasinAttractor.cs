namespace Attractor.Dynamics;

/// <summary>What orbits from a plane of starts come to.</summary>
/// <param name="Order">Of the cycle; 1 of a fixed point, 0 of what is bounded and no short cycle.</param>
/// <param name="State">A state on it.</param>
/// <param name="Lower">The lowest value of each variable on it.</param>
/// <param name="Upper">The highest.</param>
/// <param name="Share">Of the starts.</param>
public sealed record BasinAttractor(
    int Order, IReadOnlyList<double> State, IReadOnlyList<double> Lower, IReadOnlyList<double> Upper, double Share);
