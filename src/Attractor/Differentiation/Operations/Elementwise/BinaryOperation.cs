using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Differentiation;

/// <summary>y_ij = f(a_ij, b_ij), where a matrix of one row stands for all rows, one of one column for all columns.</summary>
/// <remarks>
/// Goes row by row, or over everything as one row where the shapes allow. An operand that is one number along a row is a block of copies
/// that the loop reads again and again, so that there is one loop for all cases.
/// </remarks>
internal sealed unsafe class BinaryOperation<S, T, F> : Operation<T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where F : struct, IBinaryFunction
{
    public override void Forward(OperationContext<T> context)
    {
        Broadcasting rows = new(context.OutputShape, context.InputShape(0), context.InputShape(1));
        T* a = context.InputPointer(0), b = context.InputPointer(1), y = context.OutputPointer;
        for (nint i = 0; i < rows.Count; i++, a += rows.NextRowOfFirst, b += rows.NextRowOfSecond, y += rows.Length)
            Values(a, b, y, rows);
    }

    public override void Backward(OperationContext<T> context)
    {
        Broadcasting rows = new(context.OutputShape, context.InputShape(0), context.InputShape(1));
        if (context.NeedsGradient(0))
            Backward<First>(context, rows, context.InputGradientPointer(0), rows.FirstIsNumber, rows.NextRowOfFirst);
        if (context.NeedsGradient(1))
            Backward<Second>(context, rows, context.InputGradientPointer(1), rows.SecondIsNumber, rows.NextRowOfSecond);
    }

    public override void Tangent(OperationContext<T> context)
    {
        Broadcasting rows = new(context.OutputShape, context.InputShape(0), context.InputShape(1));
        if (context.HasTangent(0))
            Tangent<First>(context, rows, context.InputTangentPointer(0), rows.FirstIsNumber, rows.NextRowOfFirst);
        if (context.HasTangent(1))
            Tangent<Second>(context, rows, context.InputTangentPointer(1), rows.SecondIsNumber, rows.NextRowOfSecond);
    }

    private static void Backward<D>(OperationContext<T> context, Broadcasting rows, T* target, bool isNumber, nint nextRow)
        where D : struct, IDerivative
    {
        T* a = context.InputPointer(0), b = context.InputPointer(1), y = context.OutputPointer, g = context.OutputGradientPointer;
        for (nint i = 0; i < rows.Count; i++)
        {
            AddProducts<D>(a, b, y, g, false, target, isNumber, rows);
            a += rows.NextRowOfFirst;
            b += rows.NextRowOfSecond;
            target += nextRow;
            y += rows.Length;
            g += rows.Length;
        }
    }

    private static void Tangent<D>(OperationContext<T> context, Broadcasting rows, T* source, bool isNumber, nint nextRow)
        where D : struct, IDerivative
    {
        T* a = context.InputPointer(0), b = context.InputPointer(1), y = context.OutputPointer, target = context.OutputTangentPointer;
        for (nint i = 0; i < rows.Count; i++)
        {
            AddProducts<D>(a, b, y, source, isNumber, target, false, rows);
            a += rows.NextRowOfFirst;
            b += rows.NextRowOfSecond;
            source += nextRow;
            y += rows.Length;
            target += rows.Length;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Values(T* a, T* b, T* y, in Broadcasting rows)
    {
        nint whole = PartialLanes<S, T>.Whole(rows.Length), rest = rows.Length - whole,
            nextA = PartialLanes<S, T>.Lanes, nextB = PartialLanes<S, T>.Lanes;
        S copiesOfA, copiesOfB;
        if (rows.FirstIsNumber)
        {
            copiesOfA = S.Broadcast(*a);
            a = (T*)&copiesOfA;
            nextA = 0;
        }
        if (rows.SecondIsNumber)
        {
            copiesOfB = S.Broadcast(*b);
            b = (T*)&copiesOfB;
            nextB = 0;
        }
        for (nint i = 0; i < whole; i += PartialLanes<S, T>.Lanes, a += nextA, b += nextB)
            F.Value<S, T>(S.Load(a), S.Load(b)).Store(y + i);
        if (rest > 0)
            PartialLanes<S, T>.Store(F.Value<S, T>(PartialLanes<S, T>.Load(a, rest), PartialLanes<S, T>.Load(b, rest)), y + whole, rest);
    }

    // target += f' source over one row; a source that is a number is the same for all, a target that is one takes the sum.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddProducts<D>(
        T* a, T* b, T* y, T* source, bool sourceIsNumber, T* target, bool targetIsNumber, in Broadcasting rows)
        where D : struct, IDerivative
    {
        nint whole = PartialLanes<S, T>.Whole(rows.Length), rest = rows.Length - whole;
        nint nextA = PartialLanes<S, T>.Lanes, nextB = nextA, nextSource = nextA, nextTarget = nextA;
        S copiesOfA, copiesOfB, copiesOfSource, sums = default;
        T* at = target;
        if (rows.FirstIsNumber)
        {
            copiesOfA = S.Broadcast(*a);
            a = (T*)&copiesOfA;
            nextA = 0;
        }
        if (rows.SecondIsNumber)
        {
            copiesOfB = S.Broadcast(*b);
            b = (T*)&copiesOfB;
            nextB = 0;
        }
        if (sourceIsNumber)
        {
            copiesOfSource = S.Broadcast(*source);
            source = (T*)&copiesOfSource;
            nextSource = 0;
        }
        if (targetIsNumber)
        {
            at = (T*)&sums;
            nextTarget = 0;
        }
        for (nint i = 0; i < whole; i += PartialLanes<S, T>.Lanes)
        {
            S slope = D.Of(S.Load(a), S.Load(b), S.Load(y + i));
            S.MultiplyAdd(slope, S.Load(source), S.Load(at)).Store(at);
            a += nextA;
            b += nextB;
            source += nextSource;
            at += nextTarget;
        }
        T sum = targetIsNumber ? S.Sum(sums) : default;
        if (rest > 0)
        {
            S slope = D.Of(PartialLanes<S, T>.Load(a, rest), PartialLanes<S, T>.Load(b, rest), PartialLanes<S, T>.Load(y + whole, rest));
            S products = slope * PartialLanes<S, T>.Load(source, rest);
            if (targetIsNumber)
                sum += PartialLanes<S, T>.Sum(products, rest);
            else
                PartialLanes<S, T>.Store(PartialLanes<S, T>.Load(at, rest) + products, at, rest);
        }
        if (targetIsNumber)
            *target += sum;
    }

    private interface IDerivative
    {
        static abstract S Of(S a, S b, S y);
    }

    private readonly struct First : IDerivative
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static S Of(S a, S b, S y) => F.DerivativeOfFirst<S, T>(a, b, y);
    }

    private readonly struct Second : IDerivative
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static S Of(S a, S b, S y) => F.DerivativeOfSecond<S, T>(a, b, y);
    }
}
