using System.Numerics;

namespace Attractor.Differentiation;

/// <summary>One value of each row: y_i = x_{i, indices[i]}.</summary>
internal sealed class PickOperation<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly PickOperation<T> Instance = new();

    public override void Forward(OperationContext<T> context) => Take(context, context.Input(0), context.Output);

    public override void Backward(OperationContext<T> context)
    {
        MatrixView<T> source = context.OutputGradient, target = context.InputGradient(0);
        for (int i = 0; i < source.Rows; i++)
            target[i, context.Indices[i]] += source.Values[i];
    }

    public override void Tangent(OperationContext<T> context) => Take(context, context.InputTangent(0), context.OutputTangent);

    private static void Take(OperationContext<T> context, MatrixView<T> source, MatrixView<T> target)
    {
        for (int i = 0; i < source.Rows; i++)
            target.Values[i] = source[i, context.Indices[i]];
    }
}
