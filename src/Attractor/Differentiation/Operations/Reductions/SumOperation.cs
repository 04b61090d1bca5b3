using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Differentiation;

/// <summary>The sum of all values: 1 x 1.</summary>
internal sealed unsafe class SumOperation<S, T> : Operation<T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Forward(OperationContext<T> context)
        => *context.OutputPointer = PartialLanes<S, T>.Sum(context.InputPointer(0), context.InputShape(0).Count);

    public override void Backward(OperationContext<T> context)
        => PartialLanes<S, T>.Add(
            S.Broadcast(*context.OutputGradientPointer), context.InputGradientPointer(0), context.InputShape(0).Count);

    public override void Tangent(OperationContext<T> context)
        => *context.OutputTangentPointer = PartialLanes<S, T>.Sum(context.InputTangentPointer(0), context.InputShape(0).Count);
}
