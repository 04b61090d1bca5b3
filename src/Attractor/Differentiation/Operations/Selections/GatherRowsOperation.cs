using System.Numerics;

namespace Attractor.Differentiation;

/// <summary>The rows of the given indices, which may repeat: row i of the output is row indices[i] of the input.</summary>
internal sealed class GatherRowsOperation<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly GatherRowsOperation<T> Instance = new();

    public override void Forward(OperationContext<T> context) => Take(context, context.Input(0), context.Output);

    public override void Backward(OperationContext<T> context)
    {
        MatrixView<T> source = context.OutputGradient, target = context.InputGradient(0);
        for (int i = 0; i < source.Rows; i++)
            GradientCopy<T>.Add(source.Row(i), target.Row(context.Indices[i]));
    }

    public override void Tangent(OperationContext<T> context) => Take(context, context.InputTangent(0), context.OutputTangent);

    private static void Take(OperationContext<T> context, MatrixView<T> source, MatrixView<T> target)
    {
        for (int i = 0; i < target.Rows; i++)
            source.Row(context.Indices[i]).CopyTo(target.Row(i));
    }
}
