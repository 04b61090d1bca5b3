using System.Runtime.Intrinsics;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>Float64 parameters with their gradient and the moments of an optimiser.</summary>
internal sealed unsafe class OptimizerState : IDisposable
{
    private readonly Optimizer _optimizer;
    private readonly AlignedBuffer<double>[] _buffers;
    private readonly int _count;
    private long _step;

    public OptimizerState(Optimizer optimizer, ReadOnlySpan<double> parameters)
    {
        (_optimizer, _count) = (optimizer, parameters.Length);
        int padded = (parameters.Length + 7) / 8 * 8;
        _buffers = [.. Enumerable.Range(0, 2 + optimizer.MomentCount).Select(_ => new AlignedBuffer<double>(padded))];
        parameters.CopyTo(Parameters);
    }

    public Span<double> Parameters => _buffers[0].Span[.._count];

    public Span<double> Gradient => _buffers[1].Span[.._count];

    /// <summary>One step down the gradient.</summary>
    public void Step(double rate)
    {
        _step++;
        Descent<double> values = new(_buffers[0].Pointer, _buffers[1].Pointer);
        double** moments = stackalloc double*[_optimizer.MomentCount];
        for (int i = 0; i < _optimizer.MomentCount; i++)
            moments[i] = _buffers[2 + i].Pointer;
        if (Vector512.IsHardwareAccelerated)
            _optimizer.Apply<Lanes512<double>, double>(values, moments, _buffers[0].Length, rate, _step);
        else if (Vector256.IsHardwareAccelerated)
            _optimizer.Apply<Lanes256<double>, double>(values, moments, _buffers[0].Length, rate, _step);
        else
            _optimizer.Apply<Lanes128<double>, double>(values, moments, _buffers[0].Length, rate, _step);
    }

    public void Dispose()
    {
        foreach (AlignedBuffer<double> buffer in _buffers)
            buffer.Dispose();
    }
}
