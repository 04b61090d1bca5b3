using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Systems;

/// <summary>
/// A state and k tangent vectors with it: dx/dt = f(x), dV/dt = J(x) V; the state [x, V] has D + D k values. If it is traced, one more
/// follows, s with ds/dt = tr J(x).
/// </summary>
internal sealed class VariationalEquation(OrdinaryDifferentialEquation equation, int count, bool controlled, bool traced = false)
    : IVectorField
{
    public int Count => count;

    public int Dimension => (equation.Dimension * (1 + count)) + (traced ? 1 : 0);

    public int Controlled => controlled ? Dimension : equation.Dimension;

    [SkipLocalsInit]
    public void Derivative(ReadOnlySpan<double> state, Span<double> derivative)
    {
        int d = equation.Dimension;
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], d * (1 + d));
        Span<double> both = scratch.Values;
        equation.DerivativeAndJacobian(state[..d], both);
        both[..d].CopyTo(derivative);
        Span<double> vectors = derivative.Slice(d, d * count), jacobian = both[d..];
        vectors.Clear();
        VectorOperations.AddProduct(vectors, jacobian, state.Slice(d, d * count), d, count);
        if (!traced)
            return;
        double trace = 0;
        for (int i = 0; i < d; i++)
            trace += jacobian[i * (d + 1)];
        derivative[^1] = trace;
    }
}
