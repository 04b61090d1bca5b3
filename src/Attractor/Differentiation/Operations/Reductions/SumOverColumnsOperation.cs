using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Differentiation;

/// <summary>y_i = sum_j x_ij: one column.</summary>
internal sealed unsafe class SumOverColumnsOperation<S, T> : Operation<T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Forward(OperationContext<T> context) => Sum(context.InputPointer(0), context.InputShape(0), context.OutputPointer);

    public override void Backward(OperationContext<T> context)
    {
        (int rows, int columns) = context.InputShape(0);
        T* target = context.InputGradientPointer(0), source = context.OutputGradientPointer;
        for (nint i = 0; i < rows; i++)
            PartialLanes<S, T>.Add(S.Broadcast(source[i]), target + (i * columns), columns);
    }

    public override void Tangent(OperationContext<T> context)
        => Sum(context.InputTangentPointer(0), context.InputShape(0), context.OutputTangentPointer);

    private static void Sum(T* x, Shape shape, T* y)
    {
        for (nint i = 0; i < shape.Rows; i++)
            y[i] = PartialLanes<S, T>.Sum(x + (i * shape.Columns), shape.Columns);
    }
}
