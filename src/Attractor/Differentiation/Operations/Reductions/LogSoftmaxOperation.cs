using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Differentiation;

/// <summary>y_ij = x_ij - log sum_k e^x_ik.</summary>
internal sealed unsafe class LogSoftmaxOperation<S, T> : Operation<T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Forward(OperationContext<T> context)
    {
        (int rows, int columns) = context.InputShape(0);
        T* x = context.InputPointer(0), y = context.OutputPointer;
        for (nint i = 0; i < rows; i++, x += columns, y += columns)
        {
            T largest = PartialLanes<S, T>.Largest(x, columns),
                logSum = largest + T.Log(LogitRows<S, T>.SumOfExponentials(x, largest, columns));
            new ReadOnlySpan<T>(x, columns).CopyTo(new Span<T>(y, columns));
            PartialLanes<S, T>.Add(S.Broadcast(-logSum), y, columns);
        }
    }

    // target_j += g_j - softmax_j sum_k g_k
    public override void Backward(OperationContext<T> context)
    {
        (int rows, int columns) = context.InputShape(0);
        T* y = context.OutputPointer, source = context.OutputGradientPointer,
            target = context.InputGradientPointer(0), softmax = context.Scratch(columns);
        for (nint i = 0; i < rows; i++, y += columns, source += columns, target += columns)
        {
            LogitRows<S, T>.Exponentials(y, T.Zero, -PartialLanes<S, T>.Sum(source, columns), softmax, columns);
            PartialLanes<S, T>.Add(source, target, columns);
            PartialLanes<S, T>.Add(softmax, target, columns);
        }
    }

    // t_j - sum_k softmax_k t_k
    public override void Tangent(OperationContext<T> context)
    {
        (int rows, int columns) = context.InputShape(0);
        T* y = context.OutputPointer, source = context.InputTangentPointer(0),
            target = context.OutputTangentPointer, softmax = context.Scratch(columns);
        for (nint i = 0; i < rows; i++, y += columns, source += columns, target += columns)
        {
            LogitRows<S, T>.Exponentials(y, T.Zero, T.One, softmax, columns);
            PartialLanes<S, T>.Add(source, target, columns);
            PartialLanes<S, T>.Add(S.Broadcast(-PartialLanes<S, T>.Dot(softmax, source, columns)), target, columns);
        }
    }
}
