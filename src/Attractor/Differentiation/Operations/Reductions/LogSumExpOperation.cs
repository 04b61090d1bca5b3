using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Differentiation;

/// <summary>y_i = log sum_j e^x_ij, with the largest x_ij taken out: one column.</summary>
/// <remarks>A row of minus infinities gives minus infinity, and no gradient.</remarks>
internal sealed unsafe class LogSumExpOperation<S, T> : Operation<T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Forward(OperationContext<T> context)
    {
        (int rows, int columns) = context.InputShape(0);
        T* x = context.InputPointer(0), y = context.OutputPointer;
        for (nint i = 0; i < rows; i++, x += columns)
        {
            T largest = PartialLanes<S, T>.Largest(x, columns);
            y[i] = T.IsPositiveInfinity(largest) ? largest
                // Minus infinity of a row of them, NaN if there is one.
                : T.IsNegativeInfinity(largest) ? largest + PartialLanes<S, T>.Sum(x, columns)
                : largest + T.Log(LogitRows<S, T>.SumOfExponentials(x, largest, columns));
        }
    }

    public override void Backward(OperationContext<T> context)
    {
        (int rows, int columns) = context.InputShape(0);
        T* x = context.InputPointer(0), target = context.InputGradientPointer(0);
        for (nint i = 0; i < rows; i++, x += columns, target += columns)
            AddSoftmax(x, context.OutputPointer[i], context.OutputGradientPointer[i], target, columns);
    }

    public override void Tangent(OperationContext<T> context)
    {
        (int rows, int columns) = context.InputShape(0);
        T* x = context.InputPointer(0), tangent = context.InputTangentPointer(0), softmax = context.Scratch(columns);
        for (nint i = 0; i < rows; i++, x += columns, tangent += columns)
        {
            new Span<T>(softmax, columns).Clear();
            AddSoftmax(x, context.OutputPointer[i], T.One, softmax, columns);
            context.OutputTangentPointer[i] = PartialLanes<S, T>.Dot(softmax, tangent, columns);
        }
    }

    // target += g e^(x - y)
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddSoftmax(T* x, T y, T g, T* target, nint count)
    {
        if (T.IsInfinity(y))
            return;
        S shift = S.Broadcast(y), factor = S.Broadcast(g);
        nint whole = PartialLanes<S, T>.Whole(count), rest = count - whole;
        for (nint j = 0; j < whole; j += PartialLanes<S, T>.Lanes)
            S.MultiplyAdd(factor, Exponential<S, T>.Of(S.Load(x + j) - shift), S.Load(target + j)).Store(target + j);
        if (rest > 0)
        {
            S exponential = Exponential<S, T>.Of(PartialLanes<S, T>.Load(x + whole, rest) - shift);
            PartialLanes<S, T>.Store(
                S.MultiplyAdd(factor, exponential, PartialLanes<S, T>.Load(target + whole, rest)), target + whole, rest);
        }
    }
}
