using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Differentiation;

/// <summary>y_j = sum_i x_ij: one row.</summary>
internal sealed unsafe class SumOverRowsOperation<S, T> : Operation<T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Forward(OperationContext<T> context) => Sum(context.InputPointer(0), context.InputShape(0), context.OutputPointer);

    public override void Backward(OperationContext<T> context)
    {
        (int rows, int columns) = context.InputShape(0);
        T* target = context.InputGradientPointer(0);
        for (nint i = 0; i < rows; i++)
            PartialLanes<S, T>.Add(context.OutputGradientPointer, target + (i * columns), columns);
    }

    public override void Tangent(OperationContext<T> context)
        => Sum(context.InputTangentPointer(0), context.InputShape(0), context.OutputTangentPointer);

    private static void Sum(T* x, Shape shape, T* y)
    {
        new Span<T>(y, shape.Columns).Clear();
        PartialLanes<S, T>.AddRows(x, shape.Rows, shape.Columns, y);
    }
}
