using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Differentiation;

/// <summary>Y = op(A) op(B), each op the matrix itself or its transpose.</summary>
internal sealed unsafe class ProductOperation<T>(bool transposeA, bool transposeB) : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly ProductOperation<T> s_plain = new(false, false),
        s_left = new(true, false), s_right = new(false, true), s_both = new(true, true);

    public static ProductOperation<T> Of(bool transposeA, bool transposeB)
        => transposeA ? (transposeB ? s_both : s_left) : (transposeB ? s_right : s_plain);

    public override void Forward(OperationContext<T> context)
        => Multiply(
            context,
            new(context.InputPointer(0), context.InputShape(0), transposeA),
            new(context.InputPointer(1), context.InputShape(1), transposeB),
            context.OutputPointer,
            false);

    // op(A) gets G op(B)' and op(B) gets op(A)' G, each transposed where the operand is.
    public override void Backward(OperationContext<T> context)
    {
        Factor a = new(context.InputPointer(0), context.InputShape(0), transposeA),
            b = new(context.InputPointer(1), context.InputShape(1), transposeB);
        Factor g = new(context.OutputGradientPointer, context.OutputShape, false);
        if (context.NeedsGradient(0))
        {
            T* target = context.InputGradientPointer(0, out bool add);
            if (transposeA)
                Multiply(context, b, g.Transposed, target, add);
            else
                Multiply(context, g, b.Transposed, target, add);
        }
        if (context.NeedsGradient(1))
        {
            T* target = context.InputGradientPointer(1, out bool add);
            if (transposeB)
                Multiply(context, g.Transposed, a, target, add);
            else
                Multiply(context, a.Transposed, g, target, add);
        }
    }

    public override void Tangent(OperationContext<T> context)
    {
        Factor a = new(context.InputPointer(0), context.InputShape(0), transposeA),
            b = new(context.InputPointer(1), context.InputShape(1), transposeB);
        if (context.HasTangent(0))
            Multiply(
                context, new(context.InputTangentPointer(0), context.InputShape(0), transposeA), b, context.OutputTangentPointer, true);
        if (context.HasTangent(1))
            Multiply(
                context, a, new(context.InputTangentPointer(1), context.InputShape(1), transposeB), context.OutputTangentPointer, true);
    }

    private static void Multiply(OperationContext<T> context, Factor a, Factor b, T* c, bool accumulate)
        => MatrixProduct.Multiply(
            a.Rows, b.Columns, a.Columns, a.Values, a.Stride, a.IsTransposed, b.Values, b.Stride, b.IsTransposed, c, b.Columns, accumulate,
            null, context.Threads);

    // A stored matrix, read as it is or transposed.
    private readonly struct Factor(T* values, Shape stored, bool transposed)
    {
        public T* Values => values;

        public bool IsTransposed => transposed;

        public int Stride => stored.Columns;

        public int Rows => transposed ? stored.Columns : stored.Rows;

        public int Columns => transposed ? stored.Rows : stored.Columns;

        public Factor Transposed => new(values, stored, !transposed);
    }
}
