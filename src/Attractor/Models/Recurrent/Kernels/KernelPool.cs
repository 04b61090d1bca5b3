using System.Collections.Concurrent;
using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// Kernels of one model, for as many threads as run it at once: a kernel keeps the packed weights and the gradients of one pass.
/// </summary>
internal sealed class KernelPool<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RecurrentModel _model;
    private readonly ConcurrentBag<RecurrentKernel<T>> _idle = [];

    public KernelPool(RecurrentModel model)
    {
        _model = model;
        RecurrentKernel<T> first = Create(model);
        (StateRows, TapeRows) = (first.StateRows, first.TapeRows);
        _idle.Add(first);
    }

    /// <summary>A kernel on the widest lanes that this processor has.</summary>
    public static RecurrentKernel<T> Create(RecurrentModel model) => WidestLanes.Invoke<T, Construction, RecurrentKernel<T>>(new(model));

    public int StateRows { get; }

    public int TapeRows { get; }

    /// <summary>What is kept of so many steps of a block of lanes for the way back: their states, one more, and their tapes.</summary>
    public long KeptCount(int steps) => RecurrentKernel<T>.Lanes * (((steps + 1L) * StateRows) + ((long)steps * TapeRows));

    /// <summary>A kernel that nobody else has; to be given back when the pass is over.</summary>
    public RecurrentKernel<T> Take() => _idle.TryTake(out RecurrentKernel<T>? kernel) ? kernel : Create(_model);

    public void GiveBack(RecurrentKernel<T> kernel) => _idle.Add(kernel);

    public void Dispose()
    {
        while (_idle.TryTake(out RecurrentKernel<T>? kernel))
            kernel.Dispose();
    }

    private readonly struct Construction(RecurrentModel model) : ILaneFunction<T, RecurrentKernel<T>>
    {
        public RecurrentKernel<T> Invoke<S>()
            where S : unmanaged, ILanes<S, T>
            => model.CreateKernel<S, T>();
    }
}
