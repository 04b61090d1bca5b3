using System.Numerics;

namespace Attractor.Differentiation;

/// <summary>y_ji = x_ij.</summary>
internal sealed unsafe class TransposeOperation<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly TransposeOperation<T> Instance = new();

    // Squares of so many values on a side stay in the first cache.
    private const int Tile = 16;

    public override void Forward(OperationContext<T> context)
        => Transpose(context.InputPointer(0), context.InputShape(0), context.OutputPointer, add: false);

    public override void Backward(OperationContext<T> context)
        => Transpose(context.OutputGradientPointer, context.OutputShape, context.InputGradientPointer(0), add: true);

    public override void Tangent(OperationContext<T> context)
        => Transpose(context.InputTangentPointer(0), context.InputShape(0), context.OutputTangentPointer, add: false);

    private static void Transpose(T* source, Shape shape, T* target, bool add)
    {
        for (int top = 0; top < shape.Rows; top += Tile)
            for (int left = 0; left < shape.Columns; left += Tile)
                for (int i = top; i < Math.Min(top + Tile, shape.Rows); i++)
                    for (int j = left; j < Math.Min(left + Tile, shape.Columns); j++)
                    {
                        T value = source[((nint)i * shape.Columns) + j];
                        T* place = target + ((nint)j * shape.Rows) + i;
                        *place = add ? *place + value : value;
                    }
    }
}
