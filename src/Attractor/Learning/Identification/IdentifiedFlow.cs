using Attractor.Systems;

namespace Attractor.Learning;

/// <summary>Identified equations as a flow: only the terms that were kept cost anything.</summary>
internal sealed record IdentifiedFlow : OrdinaryDifferentialEquation
{
    // Rows of data may be far apart for a step.
    private static readonly RungeKutta4 s_integrator = new(substeps: 4);

    private readonly IdentifiedEquations _equations;
    private readonly (EquationTerm Term, (int Variable, double Coefficient)[] Uses)[] _terms;

    public IdentifiedFlow(IdentifiedEquations equations)
    {
        _equations = equations;
        _terms =
        [
            .. equations.Terms.Select((term, j) => (term, Uses: Enumerable.Range(0, equations.Names.Count)
                    .Select(i => (i, equations.Coefficient(i, j))).Where(use => use.Item2 != 0).ToArray()))
                .Where(term => term.Uses.Length > 0)
        ];
    }

    public override string Name => "identified";

    public override int Dimension => _equations.Names.Count;

    public override IReadOnlyList<string> VariableNames => _equations.Names;

    public override double DefaultStep => _equations.Dt;

    public override Integrator DefaultIntegrator => s_integrator;

    public override void InitialCondition(Span<double> state) => state.Clear();

    public override void Derivative(ReadOnlySpan<double> state, Span<double> derivative)
    {
        derivative.Clear();
        foreach ((EquationTerm term, (int Variable, double Coefficient)[] uses) in _terms)
        {
            double value = term.Value(state);
            foreach ((int variable, double coefficient) in uses)
                derivative[variable] += coefficient * value;
        }
    }

    public override void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian)
    {
        int d = Dimension;
        jacobian[..(d * d)].Clear();
        foreach ((EquationTerm term, (int Variable, double Coefficient)[] uses) in _terms)
            for (int j = 0; j < d; j++)
            {
                double slope = term.Derivative(state, j);
                foreach ((int variable, double coefficient) in uses)
                    jacobian[(variable * d) + j] += coefficient * slope;
            }
    }
}
