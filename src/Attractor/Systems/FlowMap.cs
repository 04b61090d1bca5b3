using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Systems;

/// <summary>
/// The time-dt flow of an ordinary differential equation as a map; all state variables are observed. Tangent vectors obey
/// the variational equation under the same integrator and the same steps, so they are the derivative of the numerical flow.
/// </summary>
/// <remarks>Safe to use from several threads at once.</remarks>
public sealed class FlowMap : IObservedMap
{
    private VariationalEquation _variational;

    /// <summary>The flow of <paramref name="equation"/> over the time <paramref name="dt"/>.</summary>
    /// <param name="equation">What flows.</param>
    /// <param name="dt">Time of one step of the map; the equation's default if absent.</param>
    /// <param name="integrator">The equation's default if absent.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dt"/> is not a positive number.</exception>
    public FlowMap(OrdinaryDifferentialEquation equation, double? dt = null, Integrator? integrator = null)
    {
        ArgumentNullException.ThrowIfNull(equation);
        Equation = equation;
        Dt = OrdinaryDifferentialEquation.RequireStep(dt ?? equation.DefaultStep);
        Integrator = integrator ?? equation.DefaultIntegrator;
        _variational = new(equation, equation.Dimension, controlled: false);
    }

    /// <summary>What flows.</summary>
    public OrdinaryDifferentialEquation Equation { get; }

    /// <summary>Time of one step.</summary>
    public double Dt { get; }

    /// <summary>How the flow is approximated.</summary>
    public Integrator Integrator { get; }

    /// <summary>
    /// Whether the steps of an adaptive integrator answer for tangent vectors too. Without, the state takes the same steps with
    /// them as alone; with, exponents are as exact as the tolerance (a vector that shrinks fast wants shorter steps than the
    /// state), and the state differs from that of <see cref="Step"/> within the tolerance.
    /// </summary>
    public bool ControlTangents { get; init; }

    /// <inheritdoc/>
    public int Dimension => Equation.Dimension;

    /// <inheritdoc/>
    public int Observed => Equation.Dimension;

    /// <inheritdoc/>
    public void InitialState(ReadOnlySpan<double> observation, Span<double> state) => observation.CopyTo(state);

    /// <inheritdoc/>
    /// <exception cref="ArithmeticException">An adaptive integrator cannot keep its tolerance.</exception>
    public void Step(ReadOnlySpan<double> state, Span<double> next)
    {
        state.CopyTo(next);
        Integrator.Advance(Equation, next, Dt);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian)
    {
        int d = Dimension;
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], d + (d * d));
        Span<double> identity = scratch.Values[d..];
        identity.Clear();
        for (int i = 0; i < d; i++)
            identity[i * (d + 1)] = 1;
        StepTangent(state, scratch.Values[..d], identity, jacobian);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void StepTangent(ReadOnlySpan<double> state, Span<double> next, ReadOnlySpan<double> vectors, Span<double> result)
    {
        int d = Dimension;
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], d + vectors.Length);
        Span<double> joint = scratch.Values;
        state.CopyTo(joint);
        vectors.CopyTo(joint[d..]);
        Integrator.Advance(Variational(vectors.Length / d), joint, Dt);
        joint[..d].CopyTo(next);
        joint[d..].CopyTo(result);
    }

    // Asked for the same number of vectors again and again: the last one is kept. Two threads may replace each other's.
    private VariationalEquation Variational(int count)
    {
        VariationalEquation variational = _variational;
        if (variational.Count != count || (variational.Controlled > Dimension) != ControlTangents)
            _variational = variational = new(Equation, count, ControlTangents);
        return variational;
    }
}
