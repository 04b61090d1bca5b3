namespace Attractor.Systems;

/// <summary>The right-hand side of an autonomous ordinary differential equation dx/dt = f(x).</summary>
public interface IVectorField
{
    /// <summary>D, the number of state variables.</summary>
    int Dimension { get; }

    /// <summary>
    /// How many variables, from the first, an adaptive step answers for. Where the tangent vectors that ride along with a
    /// state do not count, the state takes the same steps with them as without.
    /// </summary>
    int Controlled => Dimension;

    /// <summary>derivative = f(state). D values each; the spans do not overlap.</summary>
    void Derivative(ReadOnlySpan<double> state, Span<double> derivative);
}
