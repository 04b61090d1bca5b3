using Attractor.Numerics.LinearAlgebra;
using Attractor.Numerics.Randomness;
using Attractor.Systems;

namespace Attractor.Dynamics;

/// <summary>An orbit of a map with k orthonormal tangent vectors carried along it.</summary>
internal sealed class TangentOrbit
{
    private readonly IMap _map;
    private readonly double[] _state, _stretches;
    private double[] _vectors, _moved;

    /// <summary>Starts at a state, with vectors in general position: a fixed random frame, as a coordinate axis may be invariant.</summary>
    public TangentOrbit(IMap map, ReadOnlySpan<double> from, int count)
    {
        _map = map;
        _state = from.ToArray();
        _stretches = new double[count];
        _vectors = new double[map.Dimension * count];
        _moved = new double[map.Dimension * count];
        RandomStream random = new(0, "tangent vectors");
        for (int i = 0; i < _vectors.Length; i++)
            _vectors[i] = random.NextNormal();
        GramSchmidt.Orthonormalize(_vectors, _stretches);
    }

    public ReadOnlySpan<double> State => _state;

    /// <summary>Takes the steps, orthonormalises once, and returns the k factors by which the vectors grew.</summary>
    public ReadOnlySpan<double> Advance(int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            _map.StepTangent(_state, _state, _vectors, _moved);
            (_vectors, _moved) = (_moved, _vectors);
        }
        GramSchmidt.Orthonormalize(_vectors, _stretches);
        return _stretches;
    }

    public bool IsFinite()
    {
        foreach (double value in _state)
            if (!double.IsFinite(value))
                return false;
        return true;
    }
}
