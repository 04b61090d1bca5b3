using System.Runtime.CompilerServices;
using Attractor.Numerics.LinearAlgebra;

namespace Attractor.Systems.Integrators;

/// <summary>A state and k tangent vectors with it: dx/dt = f(x), dV/dt = J(x) V; the state [x, V] has D + D k values.</summary>
internal sealed class VariationalEquation(OrdinaryDifferentialEquation equation, int count, bool controlled) : IVectorField
{
    public int Count => count;

    public int Dimension => equation.Dimension * (1 + count);

    public int Controlled => controlled ? Dimension : equation.Dimension;

    [SkipLocalsInit]
    public void Derivative(ReadOnlySpan<double> state, Span<double> derivative)
    {
        int d = equation.Dimension;
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], d * (1 + d));
        Span<double> both = scratch.Values;
        equation.DerivativeAndJacobian(state[..d], both);
        both[..d].CopyTo(derivative);
        Span<double> vectors = derivative[d..];
        vectors.Clear();
        VectorOperations.AddProduct(vectors, both[d..], state[d..], d, count);
    }
}
