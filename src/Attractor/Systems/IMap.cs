using Attractor.Numerics;

namespace Attractor.Systems;

/// <summary>
/// A map z' = F(z) on R^D: a trained network, a known map, or the time-dt flow of an ordinary differential equation.
/// Everything that asks about dynamics consumes this interface and nothing else.
/// </summary>
public interface IMap
{
    /// <summary>D, the dimension of the state.</summary>
    int Dimension { get; }

    /// <summary>
    /// Multiplications of a step, about: what says how far a map can be run in a given time. D^2 unless the map knows better.
    /// </summary>
    double StepCost => (double)Dimension * Dimension;

    /// <summary>next = F(state). The spans hold D values each and may be the same.</summary>
    void Step(ReadOnlySpan<double> state, Span<double> next);

    /// <summary>Steps several states that belong to the same time, each by itself.</summary>
    /// <param name="states">k x D, row-major.</param>
    /// <param name="next">k x D; may be <paramref name="states"/>.</param>
    /// <remarks>One after the other unless the map knows better. What it knows may sum in another order: results differ in their last bits.
    /// </remarks>
    void StepEach(ReadOnlySpan<double> states, Span<double> next)
    {
        int d = Dimension;
        for (int at = 0; at < states.Length; at += d)
            Step(states.Slice(at, d), next.Slice(at, d));
    }

    /// <summary>J = dF/dz at <paramref name="state"/>: D x D, row-major, J[i, j] = dF_i / dz_j.</summary>
    void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian);

    /// <summary>
    /// One step of the state and of k tangent vectors with it: next = F(state) and V' = J(state) V.
    /// </summary>
    /// <param name="state">D values.</param>
    /// <param name="next">D values; may be <paramref name="state"/>.</param>
    /// <param name="vectors">D x k, row-major: the tangent vectors are the columns.</param>
    /// <param name="result">D x k, row-major; must not overlap <paramref name="vectors"/>.</param>
    /// <remarks>Forms the Jacobian unless the map knows better.</remarks>
    void StepTangent(ReadOnlySpan<double> state, Span<double> next, ReadOnlySpan<double> vectors, Span<double> result)
    {
        int d = Dimension;
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], d * d);
        Jacobian(state, scratch.Values);
        Step(state, next);
        result.Clear();
        VectorOperations.AddProduct(result, scratch.Values, vectors, d, vectors.Length / d);
    }
}
