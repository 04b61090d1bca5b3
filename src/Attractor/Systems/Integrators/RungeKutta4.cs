namespace Attractor.Systems;

/// <summary>The classical Runge-Kutta method of order 4 with a fixed step (Kutta 1901).</summary>
/// <remarks>A state that leaves the finite numbers stays what it is; the caller sees it.</remarks>
public sealed record RungeKutta4 : Integrator
{
    /// <summary>Steps of dt / <paramref name="substeps"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="substeps"/> is not positive.</exception>
    public RungeKutta4(int substeps = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(substeps);
        Substeps = substeps;
    }

    /// <summary>Steps taken for each dt.</summary>
    public int Substeps { get; }

    private protected override int WorkVectors => 3;

    private protected override void Advance(IVectorField field, Span<double> state, double dt, Span<double> work)
    {
        int d = state.Length;
        Span<double> k = work[..d], sum = work.Slice(d, d), stage = work.Slice(2 * d, d);
        double h = dt / Substeps;
        for (int substep = 0; substep < Substeps; substep++)
        {
            field.Derivative(state, k);
            for (int i = 0; i < state.Length; i++)
            {
                sum[i] = k[i];
                stage[i] = state[i] + (0.5 * h * k[i]);
            }
            field.Derivative(stage, k);
            for (int i = 0; i < state.Length; i++)
            {
                sum[i] += 2 * k[i];
                stage[i] = state[i] + (0.5 * h * k[i]);
            }
            field.Derivative(stage, k);
            for (int i = 0; i < state.Length; i++)
            {
                sum[i] += 2 * k[i];
                stage[i] = state[i] + (h * k[i]);
            }
            field.Derivative(stage, k);
            for (int i = 0; i < state.Length; i++)
                state[i] += h / 6 * (sum[i] + k[i]);
        }
    }
}
