namespace Attractor.Numerics;

/// <summary>
/// y = A x by two threads, half of the rows each, for a product that is repeated thousands of times with hardly anything between: of a
/// matrix that one core's second cache cannot hold, two hold half each.
/// </summary>
/// <remarks>Every value is the same sum whoever computes it. For one caller at a time.</remarks>
internal sealed unsafe class PairedProduct : ThreadPair.IHalves, IDisposable
{
    private readonly VectorProduct _upper, _lower;
    private readonly int _columns, _split, _padded;
    private readonly ThreadPair _pair;
    private double* _x, _y;

    /// <param name="whole">The matrix, of two panels at least; its memory is shared.</param>
    public PairedProduct(VectorProduct whole)
    {
        int middle = whole.Panels / 2;
        (_columns, _split, _padded) = (whole.Columns, whole.Row(middle), whole.Padded);
        (_upper, _lower) = (whole.Part(0, middle), whole.Part(middle, whole.Panels));
        _pair = new(this);
    }

    /// <summary>Whether two threads pay: the matrix is beyond one core's second cache, and there is a second core.</summary>
    public static bool Pays(int rows, int columns)
        => Environment.ProcessorCount > 1 && rows >= 128 && (long)rows * columns is > 100_000 and < 4_000_000;

    /// <summary>y = A x; y has room for the rows of A, rounded up to whole blocks of lanes.</summary>
    public void Multiply(ReadOnlySpan<double> x, Span<double> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length, _columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(y.Length, _padded);
        fixed (double* px = x, py = y)
        {
            _x = px;
            _y = py;
            _pair.Run();
        }
    }

    void ThreadPair.IHalves.Do(int half) => (half == 0 ? _upper : _lower).Multiply(new(_x, _columns), new(_y, _padded));

    public void Dispose() => _pair.Dispose();
}
