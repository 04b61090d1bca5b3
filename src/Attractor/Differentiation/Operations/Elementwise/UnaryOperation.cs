using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Differentiation;

/// <summary>y_ij = f(x_ij).</summary>
internal sealed unsafe class UnaryOperation<S, T, F> : Operation<T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where F : struct, IUnaryFunction
{
    public override void Forward(OperationContext<T> context)
        => Values(context.InputPointer(0), context.OutputPointer, context.OutputShape.Count, Setting(context));

    public override void Backward(OperationContext<T> context)
        => AddProducts(
            context.InputPointer(0),
            context.OutputPointer,
            context.OutputGradientPointer,
            context.InputGradientPointer(0),
            context.OutputShape.Count,
            Setting(context));

    public override void Tangent(OperationContext<T> context)
        => AddProducts(
            context.InputPointer(0),
            context.OutputPointer,
            context.InputTangentPointer(0),
            context.OutputTangentPointer,
            context.OutputShape.Count,
            Setting(context));

    private static S Setting(OperationContext<T> context) => S.Broadcast(T.CreateTruncating(context.Argument));

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Values(T* x, T* y, nint count, S a)
    {
        nint whole = PartialLanes<S, T>.Whole(count), rest = count - whole;
        for (nint i = 0; i < whole; i += PartialLanes<S, T>.Lanes)
            F.Value<S, T>(S.Load(x + i), a).Store(y + i);
        if (rest > 0)
            PartialLanes<S, T>.Store(F.Value<S, T>(PartialLanes<S, T>.Load(x + whole, rest), a), y + whole, rest);
    }

    // target += f'(x) source
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddProducts(T* x, T* y, T* source, T* target, nint count, S a)
    {
        nint whole = PartialLanes<S, T>.Whole(count), rest = count - whole;
        for (nint i = 0; i < whole; i += PartialLanes<S, T>.Lanes)
            S.MultiplyAdd(F.Derivative<S, T>(S.Load(x + i), S.Load(y + i), a), S.Load(source + i), S.Load(target + i)).Store(target + i);
        if (rest == 0)
            return;
        S slope = F.Derivative<S, T>(PartialLanes<S, T>.Load(x + whole, rest), PartialLanes<S, T>.Load(y + whole, rest), a);
        S sum = S.MultiplyAdd(slope, PartialLanes<S, T>.Load(source + whole, rest), PartialLanes<S, T>.Load(target + whole, rest));
        PartialLanes<S, T>.Store(sum, target + whole, rest);
    }
}
