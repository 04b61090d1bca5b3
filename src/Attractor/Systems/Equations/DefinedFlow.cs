using Attractor.Numerics;

namespace Attractor.Systems;

/// <summary>The flow of a system that is given by equations in text.</summary>
public sealed record DefinedFlow : OrdinaryDifferentialEquation
{
    // Systems are stiff, fast, or piecewise: what is good for all is an adaptive step.
    private static readonly DormandPrince54 s_adaptive = new();

    private readonly EquationSet _equations;

    internal DefinedFlow(SystemDefinition definition)
    {
        Definition = definition;
        _equations = definition.Compile();
    }

    /// <summary>The text it is made from.</summary>
    public SystemDefinition Definition { get; }

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override int Dimension => Definition.Dimension;

    /// <inheritdoc/>
    public override IReadOnlyList<string> VariableNames => Definition.Variables;

    /// <inheritdoc/>
    public override double DefaultStep => Definition.RecordingStep;

    /// <summary>Classical Runge-Kutta for an entry with a recording step of its own, Dormand-Prince 5(4) for all others.</summary>
    public override Integrator DefaultIntegrator => Definition.OwnStep is null ? s_adaptive : base.DefaultIntegrator;

    /// <inheritdoc/>
    public override void InitialCondition(Span<double> state)
    {
        for (int i = 0; i < state.Length; i++)
            state[i] = Definition.Start[i];
    }

    /// <inheritdoc/>
    public override void Derivative(ReadOnlySpan<double> state, Span<double> derivative) => _equations.Values(state, derivative);

    /// <inheritdoc/>
    public override void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian) => _equations.Jacobian(state, jacobian);

    /// <inheritdoc/>
    public override void DerivativeAndJacobian(ReadOnlySpan<double> state, Span<double> both) => _equations.ValuesAndJacobian(state, both);

    /// <summary>By a hundredth of each variable: the units of the catalogue range over many decades.</summary>
    private protected override void Displace(Span<double> state, RandomStream random)
    {
        if (Definition.OwnStep is not null)
        {
            base.Displace(state, random);
            return;
        }
        for (int i = 0; i < state.Length; i++)
            state[i] *= 1 + (0.01 * random.NextNormal());
    }

    /// <summary>Two flows are equal if their definitions are the same object or text with the same parameters.</summary>
    public bool Equals(DefinedFlow? other) => other is not null && Definition.Equals(other.Definition);

    /// <inheritdoc/>
    public override int GetHashCode() => Definition.GetHashCode();
}
