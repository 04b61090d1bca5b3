using System.Runtime.CompilerServices;

namespace Attractor.Numerics;

/// <summary>
/// y = A x by two threads, half of the rows each, for a product that is repeated thousands of times with hardly anything between: of a
/// matrix that one core's second cache cannot hold, two hold half each.
/// </summary>
/// <remarks>
/// A product takes microseconds, so the second thread waits by spinning. The first never depends on it: what has not arrived in time it
/// computes itself, and if that happens often, the processors being busy otherwise, it goes on alone. Every value is the same sum in either
/// case. For one caller at a time.
/// </remarks>
internal sealed class PairedProduct : IDisposable
{
    // In spins of some nanoseconds each: several times what half a product takes.
    private const int Patience = 500, MostMisses = 8, Alone = 2000, IdleSpins = 20_000;

    private readonly VectorProduct _upper, _lower, _lowerOfHelper;
    private readonly double[] _x, _result;
    private readonly int _split;
    private readonly Thread _thread;
    private int _asked, _answered, _misses, _alone;
    private volatile bool _stop;

    /// <param name="whole">The matrix, of two panels at least; its memory is shared.</param>
    public PairedProduct(VectorProduct whole)
    {
        int middle = whole.Panels / 2;
        _split = whole.Row(middle);
        _upper = whole.Part(0, middle);
        // Each thread turns the direction of its own reading.
        (_lower, _lowerOfHelper) = (whole.Part(middle, whole.Panels), whole.Part(middle, whole.Panels));
        _x = new double[whole.Columns];
        _result = new double[whole.Padded];
        _thread = new(Help) { IsBackground = true, Name = "attractor: second half of a product" };
        _thread.Start();
    }

    /// <summary>Whether two threads pay: the matrix is beyond one core's second cache, and there is a second core.</summary>
    public static bool Pays(int rows, int columns)
        => Environment.ProcessorCount > 1 && rows >= 128 && (long)rows * columns is > 100_000 and < 4_000_000;

    /// <summary>y = A x; y has room for the rows of A, rounded up to whole blocks of lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Multiply(ReadOnlySpan<double> x, Span<double> y)
    {
        if (_alone > 0)
        {
            _alone--;
            _upper.Multiply(x, y);
            _lower.Multiply(x, y);
            return;
        }
        x.CopyTo(_x);
        int asked = _asked + 1;
        Volatile.Write(ref _asked, asked);
        _upper.Multiply(x, y);
        for (int spin = 0; spin < Patience; spin++)
        {
            if (Volatile.Read(ref _answered) == asked)
            {
                _misses = 0;
                _result.AsSpan(_split).CopyTo(y[_split..]);
                return;
            }
            Thread.SpinWait(1);
        }
        // The helper may still be reading x, which the next product overwrites: its answer bears the
        // number of this one and will not be looked at.
        _lower.Multiply(x, y);
        if (++_misses >= MostMisses)
            (_misses, _alone) = (0, Alone);
    }

    public void Dispose()
    {
        _stop = true;
        _thread.Join();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Help()
    {
        int done = 0, idle = 0;
        while (!_stop)
        {
            int asked = Volatile.Read(ref _asked);
            if (asked == done)
            {
                if (++idle < IdleSpins)
                    Thread.SpinWait(1);
                else
                    Thread.Sleep(0);
                continue;
            }
            idle = 0;
            _lowerOfHelper.Multiply(_x, _result);
            done = asked;
            Volatile.Write(ref _answered, asked);
        }
    }
}
