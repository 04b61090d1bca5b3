namespace Attractor.Dynamics;

/// <summary>
/// A k-d tree over points in time (J. L. Bentley, "Multidimensional binary search trees used for associative searching", Commun. ACM 18,
/// 1975): neighbours that are more than a Theiler window away in time.
/// </summary>
/// <remarks>
/// Split at the median of the widest dimension; the tree is the order of the points, its nodes the halves of that
/// order. Safe to use from several threads.
/// </remarks>
internal sealed class PointTree
{
    private const int LeafSize = 16;

    private readonly Norm _norm;
    private readonly int[] _time;
    private readonly double[] _points;
    private readonly double[] _lower, _upper;

    /// <param name="points">n x d, row-major.</param>
    /// <param name="dimension">d.</param>
    /// <param name="norm">How distances are measured.</param>
    public PointTree(ReadOnlySpan<double> points, int dimension, Norm norm = Norm.Euclidean)
    {
        _norm = norm;
        Dimension = dimension;
        int n = points.Length / dimension;
        _time = new int[n];
        for (int i = 0; i < n; i++)
            _time[i] = i;
        int nodes = 1;
        for (int size = n; size > LeafSize; size = (size + 1) / 2)
            nodes = (2 * nodes) + 1;
        (_lower, _upper) = (new double[nodes * dimension], new double[nodes * dimension]);
        double[] source = points.ToArray();
        Build(source, 0, 0, n);
        _points = new double[points.Length];
        for (int i = 0; i < n; i++)
            points.Slice(_time[i] * dimension, dimension).CopyTo(_points.AsSpan(i * dimension));
    }

    public int Dimension { get; }

    public int Count => _time.Length;

    /// <summary>
    /// The nearest point whose time differs by more than the window and is at most <paramref name="latest"/>; -1 if there is none.
    /// </summary>
    public (int Time, double Distance) Nearest(ReadOnlySpan<double> point, int time, int window, int latest)
    {
        Best best = new() { Time = -1, Square = double.PositiveInfinity };
        Nearest(point, time, window, latest, 0, 0, Count, ref best);
        return (best.Time, Math.Sqrt(best.Square));
    }

    /// <summary>
    /// Counts the points within each of the radii, given as squares in ascending order: counts[k] is raised by the number whose squared
    /// distance is below squares[k] but not below squares[k - 1], for k &lt; <paramref name="bins"/>.
    /// </summary>
    public void CountWithin(ReadOnlySpan<double> point, int time, int window, ReadOnlySpan<double> squares, int bins, Span<long> counts)
    {
        if (bins > 0)
            CountWithin(point, time, window, squares[..bins], counts, 0, 0, Count);
    }

    /// <summary>Adds the times of the points within a radius.</summary>
    public void Within(ReadOnlySpan<double> point, int time, int window, double square, int latest, List<int> found)
        => Within(point, time, window, square, latest, found, 0, 0, Count);

    private void Nearest(ReadOnlySpan<double> point, int time, int window, int latest, int node, int start, int end, ref Best best)
    {
        if (end - start <= LeafSize)
        {
            for (int i = start; i < end; i++)
            {
                if (_time[i] > latest || Math.Abs(_time[i] - time) <= window)
                    continue;
                double square = Square(point, i);
                // Of equally near ones the earliest, whatever the shape of the tree.
                if (square < best.Square || (square == best.Square && _time[i] < best.Time))
                    best = new() { Time = _time[i], Square = square };
            }
            return;
        }
        int middle = (start + end) / 2, left = (2 * node) + 1, right = left + 1;
        double toLeft = BoxSquare(point, left), toRight = BoxSquare(point, right);
        bool leftFirst = toLeft <= toRight;
        if ((leftFirst ? toLeft : toRight) <= best.Square)
            Nearest(point, time, window, latest, leftFirst ? left : right, leftFirst ? start : middle, leftFirst ? middle : end, ref best);
        if ((leftFirst ? toRight : toLeft) <= best.Square)
            Nearest(point, time, window, latest, leftFirst ? right : left, leftFirst ? middle : start, leftFirst ? end : middle, ref best);
    }

    private void CountWithin(
        ReadOnlySpan<double> point, int time, int window, ReadOnlySpan<double> squares, Span<long> counts, int node, int start, int end)
    {
        if (BoxSquare(point, node) >= squares[^1])
            return;
        if (end - start > LeafSize)
        {
            int middle = (start + end) / 2;
            CountWithin(point, time, window, squares, counts, (2 * node) + 1, start, middle);
            CountWithin(point, time, window, squares, counts, (2 * node) + 2, middle, end);
            return;
        }
        for (int i = start; i < end; i++)
        {
            double square = Square(point, i);
            if (square >= squares[^1] || Math.Abs(_time[i] - time) <= window)
                continue;
            int low = 0, high = squares.Length - 1;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (square < squares[middle])
                    high = middle;
                else
                    low = middle + 1;
            }
            counts[low]++;
        }
    }

    private void Within(
        ReadOnlySpan<double> point, int time, int window, double square, int latest, List<int> found, int node, int start, int end)
    {
        if (BoxSquare(point, node) >= square)
            return;
        if (end - start > LeafSize)
        {
            int middle = (start + end) / 2;
            Within(point, time, window, square, latest, found, (2 * node) + 1, start, middle);
            Within(point, time, window, square, latest, found, (2 * node) + 2, middle, end);
            return;
        }
        for (int i = start; i < end; i++)
            if (_time[i] <= latest && Math.Abs(_time[i] - time) > window && Square(point, i) < square)
                found.Add(_time[i]);
    }

    private double Square(ReadOnlySpan<double> point, int i)
    {
        ReadOnlySpan<double> other = _points.AsSpan(i * Dimension, Dimension);
        double sum = 0;
        for (int k = 0; k < other.Length; k++)
        {
            double difference = point[k] - other[k];
            sum = _norm is Norm.Euclidean ? sum + (difference * difference) : Math.Max(sum, difference * difference);
        }
        return sum;
    }

    /// <summary>The squared distance to the box around the points of a node.</summary>
    private double BoxSquare(ReadOnlySpan<double> point, int node)
    {
        ReadOnlySpan<double> lower = _lower.AsSpan(node * Dimension, Dimension), upper = _upper.AsSpan(node * Dimension, Dimension);
        double sum = 0;
        for (int k = 0; k < lower.Length; k++)
        {
            double outside = Math.Max(0, Math.Max(lower[k] - point[k], point[k] - upper[k]));
            sum = _norm is Norm.Euclidean ? sum + (outside * outside) : Math.Max(sum, outside * outside);
        }
        return sum;
    }

    private void Build(double[] source, int node, int start, int end)
    {
        int d = Dimension, widest = 0;
        for (int k = 0; k < d; k++)
        {
            double lower = double.PositiveInfinity, upper = double.NegativeInfinity;
            for (int i = start; i < end; i++)
            {
                double value = source[(_time[i] * d) + k];
                (lower, upper) = (Math.Min(lower, value), Math.Max(upper, value));
            }
            (_lower[(node * d) + k], _upper[(node * d) + k]) = (lower, upper);
            if (upper - lower > _upper[(node * d) + widest] - _lower[(node * d) + widest])
                widest = k;
        }
        if (end - start <= LeafSize)
            return;
        int middle = (start + end) / 2;
        double[] keys = new double[end - start];
        for (int i = start; i < end; i++)
            keys[i - start] = source[(_time[i] * d) + widest];
        keys.AsSpan().Sort(_time.AsSpan(start, keys.Length));
        Build(source, (2 * node) + 1, start, middle);
        Build(source, (2 * node) + 2, middle, end);
    }

    private struct Best
    {
        public int Time;
        public double Square;
    }
}
