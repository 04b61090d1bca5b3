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
        WidestLanes.Invoke<double, Application>(new(_optimizer, values, moments, _buffers[0].Length, rate, _step));
    }

    public void Dispose()
    {
        foreach (AlignedBuffer<double> buffer in _buffers)
            buffer.Dispose();
    }

    private readonly struct Application(Optimizer optimizer, Descent<double> values, double** moments, long count, double rate, long step) : ILaneAction<double>
    {
        public void Invoke<S>()
            where S : unmanaged, ILanes<S, double>
            => optimizer.Apply<S, double>(values, moments, count, rate, step);
    }
}
