using System.Numerics;

namespace Attractor.Differentiation;

/// <summary>Matrices one under the other, or side by side.</summary>
internal sealed class ConcatenateOperation<T>(bool columns) : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly ConcatenateOperation<T> Rows = new(false), Columns = new(true);

    public override void Forward(OperationContext<T> context)
    {
        Shape at = default;
        for (int i = 0; i < context.InputCount; i++)
        {
            GradientCopy<T>.Block(context.Input(i), 0, 0, context.Output, at.Rows, at.Columns, context.InputShape(i), add: false);
            at = Next(at, context.InputShape(i));
        }
    }

    public override void Backward(OperationContext<T> context)
    {
        Shape at = default;
        for (int i = 0; i < context.InputCount; i++)
        {
            if (context.NeedsGradient(i))
                GradientCopy<T>.Block(
                    context.OutputGradient, at.Rows, at.Columns, context.InputGradient(i), 0, 0, context.InputShape(i), add: true);
            at = Next(at, context.InputShape(i));
        }
    }

    public override void Tangent(OperationContext<T> context)
    {
        Shape at = default;
        for (int i = 0; i < context.InputCount; i++)
        {
            if (context.HasTangent(i))
                GradientCopy<T>.Block(
                    context.InputTangent(i), 0, 0, context.OutputTangent, at.Rows, at.Columns, context.InputShape(i), add: false);
            at = Next(at, context.InputShape(i));
        }
    }

    private Shape Next(Shape at, Shape passed)
        => columns ? at with { Columns = at.Columns + passed.Columns } : at with { Rows = at.Rows + passed.Rows };
}
