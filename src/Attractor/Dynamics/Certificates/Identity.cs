namespace Attractor.Dynamics;

/// <summary>An exact relation that Lyapunov exponents must satisfy, and how well the computed ones do.</summary>
/// <param name="Name">What is compared: <c>trace</c>, <c>zero</c>, <c>pairs</c> or <c>conserved</c>.</param>
/// <param name="Deviation">By how much it is violated, at least 0.</param>
/// <param name="Tolerance">How much can be put down to statistics and to the integrator.</param>
public sealed record Identity(string Name, double Deviation, double Tolerance)
{
    /// <summary>Whether the deviation is within the tolerance.</summary>
    public bool Holds => Deviation <= Tolerance;
}
