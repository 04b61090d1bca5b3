using System.Numerics;

namespace Attractor.Differentiation;

/// <summary>Some rows, or some columns, from the argument on.</summary>
internal sealed class SliceOperation<T>(bool columns) : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly SliceOperation<T> OfRows = new(false), OfColumns = new(true);

    public override void Forward(OperationContext<T> context) => Take(context, context.Input(0), context.Output);

    public override void Backward(OperationContext<T> context)
    {
        (int row, int column) = Start(context);
        GradientCopy<T>.Block(context.OutputGradient, 0, 0, context.InputGradient(0), row, column, context.OutputShape, add: true);
    }

    public override void Tangent(OperationContext<T> context) => Take(context, context.InputTangent(0), context.OutputTangent);

    private void Take(OperationContext<T> context, MatrixView<T> source, MatrixView<T> target)
    {
        (int row, int column) = Start(context);
        GradientCopy<T>.Block(source, row, column, target, 0, 0, context.OutputShape, add: false);
    }

    private (int Row, int Column) Start(OperationContext<T> context) => columns ? (0, (int)context.Argument) : ((int)context.Argument, 0);
}
