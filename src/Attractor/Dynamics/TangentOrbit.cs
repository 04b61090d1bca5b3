using System.Runtime.CompilerServices;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Dynamics;

/// <summary>An orbit of a map with k orthonormal tangent vectors carried along it.</summary>
internal sealed class TangentOrbit : IDisposable
{
    private readonly IMap _map;
    private readonly double[] _state, _stretches;
    private readonly int _stride;
    private AlignedBuffer<double> _vectors, _moved;

    /// <summary>Starts at a state, with vectors in general position: a fixed random frame, as a coordinate axis may be invariant.</summary>
    public TangentOrbit(IMap map, ReadOnlySpan<double> from, int count)
    {
        _map = map;
        _state = from.ToArray();
        _stretches = new double[count];
        // Several vectors are padded with zeros to fill the lanes: every loop over them is then a loop over registers.
        _stride = count == 1 ? 1 : (count + PanelGramSchmidt.Lanes - 1) / PanelGramSchmidt.Lanes * PanelGramSchmidt.Lanes;
        _vectors = new((long)map.Dimension * _stride);
        _moved = new((long)map.Dimension * _stride);
        RandomStream random = new(0, "tangent vectors");
        for (int i = 0; i < map.Dimension; i++)
            for (int c = 0; c < count; c++)
                _vectors.Span[(i * _stride) + c] = random.NextNormal();
        Orthonormalize();
    }

    public ReadOnlySpan<double> State => _state;

    /// <summary>Takes the steps, orthonormalises once, and returns the k factors by which the vectors grew.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<double> Advance(int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            _map.StepTangent(_state, _state, _vectors.Span, _moved.Span);
            (_vectors, _moved) = (_moved, _vectors);
        }
        Orthonormalize();
        return _stretches;
    }

    public bool IsFinite()
    {
        foreach (double value in _state)
            if (!double.IsFinite(value))
                return false;
        return true;
    }

    public void Dispose()
    {
        _vectors.Dispose();
        _moved.Dispose();
    }

    private void Orthonormalize()
    {
        if (_stride == 1)
            GramSchmidt.Orthonormalize(_vectors.Span, _stretches);
        else
            PanelGramSchmidt.Orthonormalize(_vectors.Span, _stretches, _stride);
    }
}
