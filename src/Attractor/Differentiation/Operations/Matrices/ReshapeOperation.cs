using System.Numerics;

namespace Attractor.Differentiation;

/// <summary>The same values, row by row, in another shape.</summary>
internal sealed class ReshapeOperation<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly ReshapeOperation<T> Instance = new();

    public override void Forward(OperationContext<T> context) => context.Input(0).Values.CopyTo(context.Output.Values);

    public override void Backward(OperationContext<T> context)
        => GradientCopy<T>.Add(context.OutputGradient.Values, context.InputGradient(0).Values);

    public override void Tangent(OperationContext<T> context) => context.InputTangent(0).Values.CopyTo(context.OutputTangent.Values);
}
