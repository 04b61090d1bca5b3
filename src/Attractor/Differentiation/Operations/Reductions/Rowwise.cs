using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Differentiation;

/// <summary>Reductions and what is normalised by them, each one object, for the widest registers that this processor has.</summary>
internal abstract class Rowwise<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly Rowwise<T> Operations = WidestLanes.Invoke<T, Construction, Rowwise<T>>(default);

    public abstract Operation<T> Sum { get; }

    public abstract Operation<T> SumOverRows { get; }

    public abstract Operation<T> SumOverColumns { get; }

    public abstract Operation<T> LogSumExp { get; }

    public abstract Operation<T> Softmax { get; }

    public abstract Operation<T> LogSoftmax { get; }

    private sealed class OnLanes<S> : Rowwise<T>
        where S : unmanaged, ILanes<S, T>
    {
        public override Operation<T> Sum { get; } = new SumOperation<S, T>();

        public override Operation<T> SumOverRows { get; } = new SumOverRowsOperation<S, T>();

        public override Operation<T> SumOverColumns { get; } = new SumOverColumnsOperation<S, T>();

        public override Operation<T> LogSumExp { get; } = new LogSumExpOperation<S, T>();

        public override Operation<T> Softmax { get; } = new SoftmaxOperation<S, T>();

        public override Operation<T> LogSoftmax { get; } = new LogSoftmaxOperation<S, T>();
    }

    private readonly struct Construction : ILaneFunction<T, Rowwise<T>>
    {
        public Rowwise<T> Invoke<S>()
            where S : unmanaged, ILanes<S, T>
            => new OnLanes<S>();
    }
}
