using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>W of one layer, square: dense, or by its non-zero weights alone.</summary>
internal abstract class RecurrentWeights(int units)
{
    /// <summary>Values of a block of lanes.</summary>
    public const int Lanes = 8;

    public int Units { get; } = units;

    /// <summary>What y of <see cref="Multiply"/> must have room for: M, rounded up to whole blocks of lanes.</summary>
    public int Padded => (Units + Lanes - 1) / Lanes * Lanes;

    /// <summary>y = W x; the values of y beyond M are not meant to be read.</summary>
    public abstract void Multiply(ReadOnlySpan<double> x, Span<double> y);

    /// <summary>y = W x for a panel: x and y (M x lanes).</summary>
    public abstract unsafe void MultiplyPanel<S>(double* x, double* y)
        where S : unmanaged, ILanes<S, double>;

    public abstract double this[int i, int j] { get; }

    /// <summary>The weights that are stored.</summary>
    public abstract double[] Values { get; }

    /// <summary>The same weights in memory of their own, for another thread; these where that does not pay.</summary>
    public virtual RecurrentWeights ForThread() => this;

    /// <summary>The same weights for a long run of one caller, on two threads; null where that does not pay.</summary>
    public virtual RecurrentWeights? Paired() => null;

    /// <summary>The same for matrices of any number of columns: Y = W X, X and Y (M x k, row-major).</summary>
    public unsafe void MultiplyColumns(ReadOnlySpan<double> x, Span<double> y)
    {
        int k = x.Length / Units;
        using AlignedBuffer<double> source = new((long)Units * Lanes), target = new((long)Units * Lanes);
        for (int column = 0; column < k; column += Lanes)
        {
            int width = Math.Min(Lanes, k - column);
            for (int i = 0; i < Units; i++)
                x.Slice((i * k) + column, width).CopyTo(source.Span[(i * Lanes)..]);
            WidestLanes.Invoke<double, PanelProduct>(new(this, source.Pointer, target.Pointer));
            for (int i = 0; i < Units; i++)
                target.Span.Slice(i * Lanes, width).CopyTo(y[((i * k) + column)..]);
        }
    }

    private readonly unsafe struct PanelProduct(RecurrentWeights weights, double* x, double* y) : ILaneAction<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<S>()
            where S : unmanaged, ILanes<S, double>
            => weights.MultiplyPanel<S>(x, y);
    }
}
