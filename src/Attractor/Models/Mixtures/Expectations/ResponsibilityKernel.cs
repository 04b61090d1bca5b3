using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>Responsibilities and sums of statistics for a tile of up to 256 rows, whose rows lie in the lanes.</summary>
/// <remarks>
/// Of any mixture of exponential families: scores = W Phi' with the statistics Phi of the rows and the weights W of the components,
/// r = softmax(scores), sums = r' Phi. The first statistic is 1 of a row and 0 where a block of lanes has no row. Components are padded to
/// whole groups of four.
/// </remarks>
internal static unsafe class ResponsibilityKernel
{
    /// <summary>Rows of a tile: the stride of everything that has a value for each row.</summary>
    public const int TileRows = 256;

    /// <summary>Components are padded to a multiple of it.</summary>
    public const int Group = 4;

    private const int Lanes = 8;

    // A sum of exponentials is between 1 and K, so that a product of sixteen of them is far from the largest number.
    private const int SumsOfLogarithm = 16;

    /// <summary>K and its padding.</summary>
    public static int Padded(int components) => (components + Group - 1) / Group * Group;

    /// <summary>From weights to responsibilities, and what they sum to.</summary>
    /// <param name="weights">Padded K x F.</param>
    /// <param name="statistics">F x 256.</param>
    /// <param name="components">K.</param>
    /// <param name="features">F.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="responsibilities">Padded K x 256; those of the padding are 0.</param>
    /// <returns>The sum of log sum_k exp(score_k) over the rows, and the entropy of the responsibilities.</returns>
    public static (double LogNormalizer, double Entropy) Assign(
        double* weights, double* statistics, int components, int features, int rows, double* responsibilities)
        => WidestLanes.Invoke<double, Assignment, (double, double)>(new(weights, statistics, components, features, rows, responsibilities));

    /// <summary>sums += r' Phi.</summary>
    /// <param name="responsibilities">Padded K x 256.</param>
    /// <param name="statistics">F x 256.</param>
    /// <param name="components">K.</param>
    /// <param name="features">F.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="sums">Padded K x F.</param>
    public static void Accumulate(double* responsibilities, double* statistics, int components, int features, int rows, double* sums)
        => WidestLanes.Invoke<double, Accumulation>(new(responsibilities, statistics, components, features, rows, sums));

    private static (double LogNormalizer, double Entropy) Assign<S>(
        double* weights, double* statistics, int components, int features, int rows, double* responsibilities)
        where S : unmanaged, ILanes<S, double>
    {
        int blocks = (rows + Lanes - 1) / Lanes;
        for (int k = 0; k < components; k += Group)
            Score<S>(weights + (k * features), statistics, features, blocks, responsibilities + (k * TileRows));
        double logNormalizer = 0, entropy = 0;
        Softmax<S>(responsibilities, statistics, components, blocks, &logNormalizer, &entropy);
        return (logNormalizer, entropy);
    }

    // Four components times two blocks of rows: eight accumulators for six loads.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Score<S>(double* w, double* statistics, int features, int blocks, double* scores)
        where S : unmanaged, ILanes<S, double>
    {
        double* w1 = w + features, w2 = w1 + features, w3 = w2 + features;
        for (int b = 0; b < blocks; b += 2)
        {
            double* phi = statistics + (b * Lanes), target = scores + (b * Lanes);
            S a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
            for (int f = 0; f < features; f++, phi += TileRows)
            {
                S x = S.Load(phi), y = S.Load(phi + Lanes), c0 = S.Broadcast(w[f]),
                    c1 = S.Broadcast(w1[f]), c2 = S.Broadcast(w2[f]), c3 = S.Broadcast(w3[f]);
                a0 = S.MultiplyAdd(c0, x, a0);
                b0 = S.MultiplyAdd(c0, y, b0);
                a1 = S.MultiplyAdd(c1, x, a1);
                b1 = S.MultiplyAdd(c1, y, b1);
                a2 = S.MultiplyAdd(c2, x, a2);
                b2 = S.MultiplyAdd(c2, y, b2);
                a3 = S.MultiplyAdd(c3, x, a3);
                b3 = S.MultiplyAdd(c3, y, b3);
            }
            a0.Store(target);
            b0.Store(target + Lanes);
            a1.Store(target + TileRows);
            b1.Store(target + TileRows + Lanes);
            a2.Store(target + (2 * TileRows));
            b2.Store(target + (2 * TileRows) + Lanes);
            a3.Store(target + (3 * TileRows));
            b3.Store(target + (3 * TileRows) + Lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Softmax<S>(double* scores, double* present, int components, int blocks, double* logNormalizer, double* entropy)
        where S : unmanaged, ILanes<S, double>
    {
        int padded = Padded(components);
        // Below it a responsibility is as good as 0, and the exponential of it still a normal number.
        S low = S.Broadcast(-700), one = S.Broadcast(1), normalizers = default, entropies = default, logs = default, product = one;
        for (int b = 0; b < blocks; b++)
        {
            double* column = scores + (b * Lanes);
            S most = S.Load(column);
            for (int k = 1; k < components; k++)
            {
                S score = S.Load(column + (k * TileRows));
                most = S.Select(score, most, score, most);
            }
            S sum = default, weighted = default;
            for (int k = 0; k < components; k++)
            {
                S below = S.Load(column + (k * TileRows)) - most, e = Exponential<S, double>.OfBounded(S.Select(low, below, low, below));
                sum += e;
                weighted = S.MultiplyAdd(e, below, weighted);
                e.Store(column + (k * TileRows));
            }
            S mask = S.Load(present + (b * Lanes)), inverse = mask / sum;
            for (int k = 0; k < components; k++)
                (S.Load(column + (k * TileRows)) * inverse).Store(column + (k * TileRows));
            for (int k = components; k < padded; k++)
                default(S).Store(column + (k * TileRows));
            normalizers = S.MultiplyAdd(mask, most, normalizers);
            // -sum r log r = log sum - sum r (score - most): no large terms that cancel.
            entropies -= inverse * weighted;
            // One logarithm of a product in place of the sum of many.
            product *= S.Select(mask, default, sum, one);
            if ((b + 1) % SumsOfLogarithm == 0 || b + 1 == blocks)
            {
                logs += Logarithm<S, double>.Of(product);
                product = one;
            }
        }
        (*logNormalizer, *entropy) = (S.Sum(normalizers + logs), S.Sum(entropies + logs));
    }

    private static void Accumulate<S>(double* responsibilities, double* statistics, int components, int features, int rows, double* sums)
        where S : unmanaged, ILanes<S, double>
    {
        int blocks = (rows + Lanes - 1) / Lanes;
        for (int k = 0; k < components; k += Group)
            for (int f = 0; f < features; f += Group)
            {
                double* r = responsibilities + (k * TileRows), phi = statistics + (f * TileRows), target = sums + (k * features) + f;
                switch (Math.Min(Group, features - f))
                {
                    case 1: Accumulate<S, N1>(r, phi, blocks, target, features); break;
                    case 2: Accumulate<S, N2>(r, phi, blocks, target, features); break;
                    case 3: Accumulate<S, N3>(r, phi, blocks, target, features); break;
                    default: Accumulate<S, N4>(r, phi, blocks, target, features); break;
                }
            }
    }

    // Four components times up to four statistics, over the rows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Accumulate<S, NF>(double* r, double* phi, int blocks, double* sums, int stride)
        where S : unmanaged, ILanes<S, double>
        where NF : struct, ICount
    {
        S a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        S c0 = default, c1 = default, c2 = default, c3 = default, d0 = default, d1 = default, d2 = default, d3 = default;
        for (int b = 0; b < blocks; b++, r += Lanes, phi += Lanes)
        {
            S r0 = S.Load(r), r1 = S.Load(r + TileRows), r2 = S.Load(r + (2 * TileRows)), r3 = S.Load(r + (3 * TileRows)), x = S.Load(phi);
            a0 = S.MultiplyAdd(r0, x, a0);
            a1 = S.MultiplyAdd(r1, x, a1);
            a2 = S.MultiplyAdd(r2, x, a2);
            a3 = S.MultiplyAdd(r3, x, a3);
            if (NF.N > 1)
            {
                x = S.Load(phi + TileRows);
                b0 = S.MultiplyAdd(r0, x, b0);
                b1 = S.MultiplyAdd(r1, x, b1);
                b2 = S.MultiplyAdd(r2, x, b2);
                b3 = S.MultiplyAdd(r3, x, b3);
            }
            if (NF.N > 2)
            {
                x = S.Load(phi + (2 * TileRows));
                c0 = S.MultiplyAdd(r0, x, c0);
                c1 = S.MultiplyAdd(r1, x, c1);
                c2 = S.MultiplyAdd(r2, x, c2);
                c3 = S.MultiplyAdd(r3, x, c3);
            }
            if (NF.N > 3)
            {
                x = S.Load(phi + (3 * TileRows));
                d0 = S.MultiplyAdd(r0, x, d0);
                d1 = S.MultiplyAdd(r1, x, d1);
                d2 = S.MultiplyAdd(r2, x, d2);
                d3 = S.MultiplyAdd(r3, x, d3);
            }
        }
        Add(sums, stride, a0, a1, a2, a3);
        if (NF.N > 1)
            Add(sums + 1, stride, b0, b1, b2, b3);
        if (NF.N > 2)
            Add(sums + 2, stride, c0, c1, c2, c3);
        if (NF.N > 3)
            Add(sums + 3, stride, d0, d1, d2, d3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<S>(double* sums, int stride, S a, S b, S c, S d)
        where S : unmanaged, ILanes<S, double>
    {
        sums[0] += S.Sum(a);
        sums[stride] += S.Sum(b);
        sums[2 * stride] += S.Sum(c);
        sums[3 * stride] += S.Sum(d);
    }

    private readonly struct Assignment(
        double* weights,
        double* statistics,
        int components,
        int features,
        int rows,
        double* responsibilities) : ILaneFunction<double, (double LogNormalizer, double Entropy)>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public (double LogNormalizer, double Entropy) Invoke<S>()
            where S : unmanaged, ILanes<S, double>
            => Assign<S>(weights, statistics, components, features, rows, responsibilities);
    }

    private readonly struct Accumulation(double* responsibilities, double* statistics, int components, int features, int rows, double* sums)
        : ILaneAction<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<S>()
            where S : unmanaged, ILanes<S, double>
            => Accumulate<S>(responsibilities, statistics, components, features, rows, sums);
    }
}
