using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// A cell that reads its own output, z' = cell(W h, z), on a block of lanes, and its adjoint. Panels: h (H x lanes), or [h; c].
/// </summary>
internal sealed unsafe class GatedKernel<S, T, TCell> : RecurrentKernel<T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TCell : struct, IGatedCell<S, T>
{
    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    private readonly int _units, _gates, _offsetB, _offsetS;
    private readonly PackedMatrix<T> _w, _wTransposed;
    private readonly WeightGradient<S, T> _gradientW;

    // b and S behind it; their gradients lane by lane.
    private readonly AlignedBuffer<T> _vectors, _gradients;

    /// <param name="units">H.</param>
    public GatedKernel(int units)
    {
        (_units, _gates) = (units, TCell.Gates * units);
        _offsetB = _gates * units;
        _offsetS = _offsetB + (TCell.Biases * units);
        (_w, _wTransposed) = (new(_gates, units, S.Accumulators), new(units, _gates, S.Accumulators));
        _gradientW = new(_gates, units);
        _vectors = new((long)(TCell.Biases + 1) * units);
        _gradients = new((long)(TCell.Biases + 1) * units * s_lanes);
    }

    public override int StateRows => TCell.HasMemory ? 2 * _units : _units;

    public override int TapeRows => TCell.Kept * _units;

    public override int AdjointRows => _gates;

    private nint Block => (nint)_units * s_lanes;

    public override void Load(T* parameters)
    {
        _w.Pack(parameters, _units, 1);
        _wTransposed.Pack(parameters, 1, _units);
        new Span<T>(parameters + _offsetB, (int)_vectors.Length).CopyTo(_vectors.Span);
    }

    // z' = cell(W h, z)
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(T* z, T* tape, T* next)
    {
        _w.Multiply<S>(z, tape);
        T* b = _vectors.Pointer;
        TCell.Forward(z, tape, b, b + (TCell.Biases * _units), next, _units);
    }

    // d = dcell/d(W h) g; gradient = W' d + what passes on by itself
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(T* z, T* tape, T* gradientNext, T* adjoint, T* gradient)
    {
        T* scale = _vectors.Pointer + (TCell.Biases * _units);
        TCell.Backward(z, tape, scale, gradientNext, adjoint, gradient, _gradients.Pointer, _units);
        _wTransposed.Multiply<S>(adjoint, gradient);
        if (!TCell.HasDirect)
            return;
        nint block = Block;
        for (nint at = 0; at < block; at += s_lanes)
            (S.Load(gradient + at) + TCell.Direct(tape + at, S.Load(gradientNext + at), block)).Store(gradient + at);
    }

    // dL/dW = sum d h'
    public override void AccumulateGradient(T* z, T* tape, T* gradientNext, T* adjoint, int steps)
        => _gradientW.Accumulate(adjoint, (nint)AdjointRows * s_lanes, z, (nint)StateRows * s_lanes, steps);

    public override void StoreGradient(T* gradient)
    {
        _gradientW.AddTo(gradient, _units, 1);
        LaneProduct<S, T>.AddSums(_gradients.Pointer, (TCell.Biases + 1) * _units, gradient + _offsetB);
        _gradients.Clear();
    }

    public override void Dispose()
    {
        _w.Dispose();
        _wTransposed.Dispose();
        _gradientW.Dispose();
        _vectors.Dispose();
        _gradients.Dispose();
    }
}
