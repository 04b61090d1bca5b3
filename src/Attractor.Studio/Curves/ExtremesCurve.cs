using System.Runtime.CompilerServices;

namespace Attractor.Studio.Curves;

/// <summary>
/// A curve of any length in bounded memory. It is cut into stretches of as many points each, and each keeps its least and its largest: no
/// extreme is lost. Where there are too many stretches, every two become one.
/// </summary>
/// <param name="most">The most stretches, an even number.</param>
internal sealed class ExtremesCurve(int most = 2048)
{
    private readonly List<Stretch> _stretches = [];
    private long _inLast, _length = 1;

    /// <summary>Points that were added.</summary>
    public long Count { get; private set; }

    /// <summary>Points of a stretch.</summary>
    public long PointsOfStretch => _length;

    /// <summary>Those whose value was not finite.</summary>
    public long NotFinite { get; private set; }

    /// <summary>The last point.</summary>
    public (double X, double Y)? Last { get; private set; }

    /// <summary>Adds a point.</summary>
    /// <param name="x">Where, not before the last.</param>
    /// <param name="y">What; a value that is not finite leaves its stretch as it is.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(double x, double y)
    {
        Count++;
        Last = (x, y);
        if (!double.IsFinite(y))
        {
            NotFinite++;
            return;
        }
        if (_inLast == _length || _stretches.Count == 0)
        {
            if (_stretches.Count == most)
                Merge();
            if (_inLast == _length || _stretches.Count == 0)
            {
                _stretches.Add(new(x, y, x, y));
                _inLast = 1;
                return;
            }
        }
        _stretches[^1] = _stretches[^1].With(new(x, y, x, y));
        _inLast++;
    }

    /// <summary>The least and the largest of each stretch, in their order.</summary>
    public (double[] X, double[] Y) Points()
    {
        List<double> x = [], y = [];
        foreach (Stretch s in _stretches)
        {
            bool lowFirst = s.LowX <= s.HighX;
            x.Add(lowFirst ? s.LowX : s.HighX);
            y.Add(lowFirst ? s.Low : s.High);
            if (s.LowX == s.HighX)
                continue;
            x.Add(lowFirst ? s.HighX : s.LowX);
            y.Add(lowFirst ? s.High : s.Low);
        }
        return ([.. x], [.. y]);
    }

    private void Merge()
    {
        for (int i = 0; i < _stretches.Count / 2; i++)
            _stretches[i] = _stretches[2 * i].With(_stretches[(2 * i) + 1]);
        _stretches.RemoveRange(_stretches.Count / 2, _stretches.Count - (_stretches.Count / 2));
        _length *= 2;
        _inLast = _length;
    }

    private readonly record struct Stretch(double LowX, double Low, double HighX, double High)
    {
        public Stretch With(Stretch later) => new(
            later.Low < Low ? later.LowX : LowX, Math.Min(Low, later.Low), later.High > High ? later.HighX : HighX,
            Math.Max(High, later.High));
    }
}
