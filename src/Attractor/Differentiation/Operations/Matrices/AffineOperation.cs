using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Differentiation;

/// <summary>Y = X W' + 1 b' for X (n x inputs), W (outputs x inputs), b (1 x outputs).</summary>
internal sealed unsafe class AffineOperation<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly AffineOperation<T> Instance = new();

    public override void Forward(OperationContext<T> context)
        => Multiply(context, context.InputPointer(0), context.InputPointer(1), context.OutputPointer, false, context.InputPointer(2));

    // X gets G W, W gets G' X, b the sum of the rows of G.
    public override void Backward(OperationContext<T> context)
    {
        (int rows, int inputs) = context.InputShape(0);
        int outputs = context.OutputShape.Columns;
        T* g = context.OutputGradientPointer;
        bool add;
        if (context.NeedsGradient(0))
        {
            T* target = context.InputGradientPointer(0, out add);
            MatrixProduct.Multiply(
                rows, inputs, outputs, g, outputs, false, context.InputPointer(1), inputs, false, target, inputs, add, null,
                context.Threads);
        }
        if (context.NeedsGradient(1) && !context.Defer(1, context.InputPointer(0), g, rows))
        {
            T* target = context.InputGradientPointer(1, out add);
            MatrixProduct.Multiply(
                outputs, inputs, rows, g, outputs, true, context.InputPointer(0), inputs, false, target, inputs, add, null,
                context.Threads);
        }
        if (!context.NeedsGradient(2))
            return;
        GradientCopy<T>.AddRows(context.OutputGradient, context.InputGradient(2).Values);
    }

    public override void Tangent(OperationContext<T> context)
    {
        T* target = context.OutputTangentPointer;
        if (context.HasTangent(0))
            Multiply(context, context.InputTangentPointer(0), context.InputPointer(1), target, true, null);
        if (context.HasTangent(1))
            Multiply(context, context.InputPointer(0), context.InputTangentPointer(1), target, true, null);
        if (!context.HasTangent(2))
            return;
        for (int i = 0; i < context.OutputShape.Rows; i++)
            GradientCopy<T>.Add(context.InputTangent(2).Values, context.OutputTangent.Row(i));
    }

    private static void Multiply(OperationContext<T> context, T* x, T* weights, T* y, bool accumulate, T* bias)
    {
        (int rows, int inputs) = context.InputShape(0);
        int outputs = context.OutputShape.Columns;
        MatrixProduct.Multiply(
            rows, outputs, inputs, x, inputs, false, weights, inputs, true, y, outputs, accumulate, bias, context.Threads);
    }
}
