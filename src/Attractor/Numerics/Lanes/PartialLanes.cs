using System.Numerics;
using System.Runtime.CompilerServices;

namespace Attractor.Numerics;

/// <summary>Blocks of lanes that are not full: the ends of rows.</summary>
internal static unsafe class PartialLanes<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Lanes of a block.</summary>
    public static int Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => sizeof(S) / sizeof(T);
    }

    /// <summary>How many of the values fill whole blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Whole(nint count) => count & -Lanes;

    /// <summary>The first values of a block, the other lanes filled.</summary>
    public static S Load(T* source, nint count, T fill = default)
    {
        S block = S.Broadcast(fill);
        new Span<T>(source, (int)count).CopyTo(new Span<T>(&block, Lanes));
        return block;
    }

    /// <summary>Writes the first lanes.</summary>
    public static void Store(S block, T* target, nint count) => new Span<T>(&block, (int)count).CopyTo(new Span<T>(target, (int)count));

    /// <summary>The sum of the first lanes.</summary>
    public static T Sum(S block, nint count)
    {
        S rest = default;
        Store(block, (T*)&rest, count);
        return S.Sum(rest);
    }

    /// <summary>target += source, lane by lane, of <paramref name="count"/> values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Add(T* source, T* target, nint count)
    {
        nint whole = Whole(count);
        for (nint i = 0; i < whole; i += Lanes)
            (S.Load(target + i) + S.Load(source + i)).Store(target + i);
        for (nint i = whole; i < count; i++)
            target[i] += source[i];
    }

    /// <summary>target_j += sum_i source_ij, for a matrix of <paramref name="rows"/> x <paramref name="columns"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddRows(T* source, nint rows, nint columns, T* target)
    {
        nint whole = Whole(columns);
        for (nint j = 0; j < whole; j += Lanes)
        {
            S sum = S.Load(target + j);
            for (nint i = 0; i < rows; i++)
                sum += S.Load(source + (i * columns) + j);
            sum.Store(target + j);
        }
        for (nint j = whole; j < columns; j++)
            for (nint i = 0; i < rows; i++)
                target[j] += source[(i * columns) + j];
    }

    /// <summary>target += value, for <paramref name="count"/> values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Add(S value, T* target, nint count)
    {
        nint whole = Whole(count), rest = count - whole;
        for (nint i = 0; i < whole; i += Lanes)
            (S.Load(target + i) + value).Store(target + i);
        if (rest > 0)
            Store(Load(target + whole, rest) + value, target + whole, rest);
    }

    /// <summary>The largest of <paramref name="count"/> values, NaN left out; minus infinity of none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static T Largest(T* source, nint count)
    {
        S largest = S.Broadcast(T.NegativeInfinity);
        nint whole = Whole(count), rest = count - whole;
        for (nint i = 0; i < whole; i += Lanes)
        {
            S x = S.Load(source + i);
            largest = S.Select(x, largest, x, largest);
        }
        if (rest > 0)
        {
            S x = Load(source + whole, rest, T.NegativeInfinity);
            largest = S.Select(x, largest, x, largest);
        }
        T* lanes = (T*)&largest;
        T result = lanes[0];
        for (int i = 1; i < Lanes; i++)
            result = lanes[i] > result ? lanes[i] : result;
        return result;
    }

    /// <summary>The sum of <paramref name="count"/> values, in an order that depends on nothing but their number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static T Sum(T* source, nint count)
    {
        S sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        nint whole = Whole(count), fours = count & -(4 * Lanes), i = 0;
        for (; i < fours; i += 4 * Lanes)
        {
            sum0 += S.Load(source + i);
            sum1 += S.Load(source + i + Lanes);
            sum2 += S.Load(source + i + (2 * Lanes));
            sum3 += S.Load(source + i + (3 * Lanes));
        }
        for (; i < whole; i += Lanes)
            sum0 += S.Load(source + i);
        T sum = S.Sum((sum0 + sum1) + (sum2 + sum3));
        for (; i < count; i++)
            sum += source[i];
        return sum;
    }

    /// <summary>The sum of the products of two rows of <paramref name="count"/> values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static T Dot(T* a, T* b, nint count)
    {
        S sum0 = default, sum1 = default;
        nint whole = Whole(count), pairs = count & -(2 * Lanes), i = 0;
        for (; i < pairs; i += 2 * Lanes)
        {
            sum0 = S.MultiplyAdd(S.Load(a + i), S.Load(b + i), sum0);
            sum1 = S.MultiplyAdd(S.Load(a + i + Lanes), S.Load(b + i + Lanes), sum1);
        }
        for (; i < whole; i += Lanes)
            sum0 = S.MultiplyAdd(S.Load(a + i), S.Load(b + i), sum0);
        T sum = S.Sum(sum0 + sum1);
        for (; i < count; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary>target += factor source, lane by lane, of <paramref name="count"/> values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddScaled(T factor, T* source, T* target, nint count)
    {
        S all = S.Broadcast(factor);
        nint whole = Whole(count);
        for (nint i = 0; i < whole; i += Lanes)
            S.MultiplyAdd(all, S.Load(source + i), S.Load(target + i)).Store(target + i);
        for (nint i = whole; i < count; i++)
            target[i] = T.FusedMultiplyAdd(factor, source[i], target[i]);
    }
}
