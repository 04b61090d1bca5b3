using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Differentiation;

/// <summary>y_ij = e^x_ij / sum_k e^x_ik.</summary>
internal sealed unsafe class SoftmaxOperation<S, T> : Operation<T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Forward(OperationContext<T> context)
    {
        (int rows, int columns) = context.InputShape(0);
        T* x = context.InputPointer(0), y = context.OutputPointer;
        for (nint i = 0; i < rows; i++, x += columns, y += columns)
        {
            T largest = PartialLanes<S, T>.Largest(x, columns);
            LogitRows<S, T>.Exponentials(x, largest, T.One / LogitRows<S, T>.SumOfExponentials(x, largest, columns), y, columns);
        }
    }

    public override void Backward(OperationContext<T> context)
        => AddProducts(context.OutputPointer, context.OutputGradientPointer, context.InputGradientPointer(0), context.InputShape(0));

    // The Jacobian is symmetric.
    public override void Tangent(OperationContext<T> context)
        => AddProducts(context.OutputPointer, context.InputTangentPointer(0), context.OutputTangentPointer, context.InputShape(0));

    // target_i += y_i (source_i - sum_j y_j source_j), row by row
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddProducts(T* y, T* source, T* target, Shape shape)
    {
        nint columns = shape.Columns, whole = PartialLanes<S, T>.Whole(columns);
        for (nint i = 0; i < shape.Rows; i++, y += columns, source += columns, target += columns)
        {
            T mean = PartialLanes<S, T>.Dot(y, source, columns);
            S all = S.Broadcast(mean);
            for (nint j = 0; j < whole; j += PartialLanes<S, T>.Lanes)
                S.MultiplyAdd(S.Load(y + j), S.Load(source + j) - all, S.Load(target + j)).Store(target + j);
            for (nint j = whole; j < columns; j++)
                target[j] = T.FusedMultiplyAdd(y[j], source[j] - mean, target[j]);
        }
    }
}
