using Attractor.Systems;

namespace Attractor.Dynamics;

/// <summary>A segment or convex polygon with the values of all boundaries at its corners, to be cut along them.</summary>
/// <param name="Points">Corners.</param>
/// <param name="Values">g at each corner.</param>
internal sealed record FlatPiece(double[][] Points, double[][] Values)
{
    // What a value may be off by, beside the largest of the piece, and still count as 0: corners made by cutting lie on a boundary.
    private const double OnBoundary = 1e-12;

    private readonly double _slack = OnBoundary * Values.Max(v => v.Length == 0 ? 0 : v.Max(Math.Abs));

    /// <summary>With the boundary values of a map.</summary>
    public static FlatPiece Of(IPiecewiseLinearMap map, double[][] points)
        => new(points, [.. points.Select(p =>
        {
            double[] values = new double[map.Boundaries];
            map.BoundaryValues(p, values);
            return values;
        })]);

    /// <summary>The region that it lies in, once it is cut along all boundaries.</summary>
    public void Region(Span<ulong> region)
    {
        double[] sums = new double[Values[0].Length];
        foreach (double[] values in Values)
            for (int i = 0; i < sums.Length; i++)
                sums[i] += values[i];
        RegionSequence.RegionOf(sums, region);
    }

    /// <summary>The pieces that no boundary cuts.</summary>
    public List<FlatPiece> Cut()
    {
        List<FlatPiece> pieces = [this];
        for (int i = 0; i < Values[0].Length; i++)
            for (int n = pieces.Count - 1; n >= 0; n--)
            {
                FlatPiece whole = pieces[n];
                if (!whole.Values.Any(v => v[i] > whole._slack) || !whole.Values.Any(v => v[i] < -whole._slack))
                    continue;
                pieces[n] = whole.Side(i, 1)!;
                pieces.Add(whole.Side(i, -1)!);
            }
        return pieces;
    }

    /// <summary>The part in a region, or null if there is none of its own dimension.</summary>
    public FlatPiece? Within(ReadOnlySpan<ulong> region)
    {
        FlatPiece? piece = this;
        for (int i = 0; i < Values[0].Length && piece is not null; i++)
            piece = piece.Side(i, (region[i >> 6] >> (i & 63) & 1) == 1 ? 1 : -1);
        return piece;
    }

    /// <summary>The boundaries that it reaches.</summary>
    public IEnumerable<int> Ends() => Enumerable.Range(0, Values[0].Length).Where(i => Values.Any(v => Math.Abs(v[i]) <= _slack));

    /// <summary>The part with sign * g_i >= 0; null if no corner is inside.</summary>
    private FlatPiece? Side(int i, int sign)
    {
        if (!Values.Any(v => sign * v[i] > _slack))
            return null;
        if (Values.All(v => sign * v[i] >= -_slack))
            return this;
        List<double[]> points = [], values = [];
        int n = Points.Length, edges = n == 2 ? 1 : n;
        for (int a = 0; a < n; a++)
        {
            if (sign * Values[a][i] >= -_slack)
            {
                points.Add(Points[a]);
                values.Add(Values[a]);
            }
            if (a >= edges)
                continue;
            int b = (a + 1) % n;
            double from = Values[a][i], to = Values[b][i];
            if ((Math.Abs(from) <= _slack) || (Math.Abs(to) <= _slack) || (from > 0) == (to > 0))
                continue;
            double share = from / (from - to);
            points.Add(Mix(Points[a], Points[b], share));
            double[] between = Mix(Values[a], Values[b], share);
            between[i] = 0;
            values.Add(between);
        }
        return points.Count >= Math.Min(n, 3) ? new([.. points], [.. values]) : null;
    }

    private static double[] Mix(double[] a, double[] b, double share)
    {
        double[] mixed = new double[a.Length];
        for (int i = 0; i < a.Length; i++)
            mixed[i] = a[i] + (share * (b[i] - a[i]));
        return mixed;
    }
}
