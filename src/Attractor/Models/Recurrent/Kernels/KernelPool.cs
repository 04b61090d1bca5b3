using System.Collections.Concurrent;
using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>Kernels of one model, for as many threads as run it at once: a kernel keeps the packed weights and the gradients of one pass.</summary>
internal sealed class KernelPool<S, T> : IDisposable
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RecurrentModel _model;
    private readonly ConcurrentBag<RecurrentKernel<T>> _idle = [];

    public KernelPool(RecurrentModel model)
    {
        _model = model;
        RecurrentKernel<T> first = model.CreateKernel<S, T>();
        (StateRows, TapeRows, AdjointRows) = (first.StateRows, first.TapeRows, first.AdjointRows);
        _idle.Add(first);
    }

    public int StateRows { get; }

    public int TapeRows { get; }

    public int AdjointRows { get; }

    /// <summary>A kernel that nobody else has; to be given back when the pass is over.</summary>
    public RecurrentKernel<T> Take() => _idle.TryTake(out RecurrentKernel<T>? kernel) ? kernel : _model.CreateKernel<S, T>();

    public void GiveBack(RecurrentKernel<T> kernel) => _idle.Add(kernel);

    public void Dispose()
    {
        while (_idle.TryTake(out RecurrentKernel<T>? kernel))
            kernel.Dispose();
    }
}
