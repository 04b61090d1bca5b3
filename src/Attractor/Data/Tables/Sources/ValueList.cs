namespace Attractor.Data;

/// <summary>Values that come one after the other, kept without being moved until they are all there.</summary>
internal sealed class ValueList
{
    private const int FirstBlock = 1 << 4, LongestBlock = 1 << 20;

    private readonly List<double[]> _full = [];
    private double[] _block = new double[FirstBlock];
    private int _filled;

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    public void Add(double value)
    {
        if (_filled == _block.Length)
        {
            _full.Add(_block);
            _block = new double[Math.Min(LongestBlock, 2 * _block.Length)];
            _filled = 0;
        }
        _block[_filled++] = value;
        Count++;
    }

    public double[] ToArray()
    {
        double[] all = GC.AllocateUninitializedArray<double>(checked((int)Count));
        int length = 0;
        foreach (double[] block in _full)
        {
            block.CopyTo(all, length);
            length += block.Length;
        }
        _block.AsSpan(0, _filled).CopyTo(all.AsSpan(length));
        return all;
    }
}
