using System.Numerics.Tensors;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>Least squares on any of the columns of one matrix: it is factored once, and a subset from the triangle that is left.</summary>
/// <remarks>By Householder reflections on columns of length 1, so that the condition of the columns counts, not its square.</remarks>
internal sealed class SubsetRegression
{
    private const double Dependent = 1e-13;

    // Columns of the triangle, F values each, and of the reflected targets.
    private readonly double[][] _columns, _targets;
    private readonly double[] _scales, _left;

    /// <param name="columns">F columns of K values; they are overwritten.</param>
    /// <param name="targets">Columns of K values; they are overwritten.</param>
    public SubsetRegression(double[][] columns, double[][] targets)
    {
        Samples = columns[0].Length;
        _scales = [.. columns.Select(column => Math.Sqrt(TensorPrimitives.SumOfSquares<double>(column)))];
        for (int j = 0; j < columns.Length; j++)
            if (_scales[j] > 0)
                TensorPrimitives.Divide(columns[j], _scales[j], columns[j]);
        Norms = [.. targets.Select(target => Math.Sqrt(TensorPrimitives.SumOfSquares<double>(target)))];
        int kept = Math.Min(columns.Length, Samples);
        Triangulate(columns, targets, kept);
        _columns = [.. columns.Select(column => column[..kept])];
        _targets = [.. targets.Select(target => target[..kept])];
        _left = [.. targets.Select(target => TensorPrimitives.SumOfSquares<double>(target.AsSpan(kept)))];
    }

    /// <summary>K.</summary>
    public int Samples { get; }

    /// <summary>The lengths of the targets.</summary>
    public double[] Norms { get; }

    /// <summary>The columns that are not 0.</summary>
    public int[] Usable => [.. Enumerable.Range(0, _scales.Length).Where(j => _scales[j] > 0)];

    /// <summary>Fits one target.</summary>
    /// <param name="active">Which columns.</param>
    /// <param name="target">Which target.</param>
    /// <returns>Null where the columns depend on each other.</returns>
    public SubsetFit? Solve(int[] active, int target)
    {
        double[][] columns = [.. active.Select(j => (double[])_columns[j].Clone())];
        double[] z = (double[])_targets[target].Clone();
        int a = active.Length;
        if (a > z.Length)
            return null;
        Triangulate(columns, [z], a);
        double[] w = z[..a];
        for (int i = a - 1; i >= 0; i--)
        {
            if (Math.Abs(columns[i][i]) < Dependent)
                return null;
            w[i] /= columns[i][i];
            VectorOperations.AddScaled(w.AsSpan(0, i), -w[i], columns[i].AsSpan(0, i));
        }
        return new(
            active,
            [.. w.Select((value, i) => value / _scales[active[i]])],
            [.. w.Select(Math.Abs)],
            [.. w.Zip(InverseDiagonal(columns, a)).Select(pair => pair.First * pair.First / pair.Second)],
            _left[target] + TensorPrimitives.SumOfSquares<double>(z.AsSpan(a)));
    }

    // Of the inverse of S'S: the squared lengths of the rows of the inverse of S.
    private static double[] InverseDiagonal(double[][] columns, int count)
    {
        double[] diagonal = new double[count], column = new double[count];
        for (int k = 0; k < count; k++)
        {
            Array.Clear(column);
            column[k] = 1;
            for (int i = k; i >= 0; i--)
            {
                column[i] /= columns[i][i];
                VectorOperations.AddScaled(column.AsSpan(0, i), -column[i], columns[i].AsSpan(0, i));
                diagonal[i] += column[i] * column[i];
            }
        }
        return diagonal;
    }

    private static void Triangulate(double[][] columns, double[][] targets, int reflections)
    {
        for (int i = 0; i < Math.Min(reflections, columns.Length); i++)
        {
            Span<double> v = columns[i].AsSpan(i);
            double head = v[0], norm = Math.Sqrt(TensorPrimitives.SumOfSquares<double>(v));
            if (norm == 0)
                continue;
            double diagonal = head > 0 ? -norm : norm;
            v[0] = head - diagonal;
            double scale = -1 / (diagonal * v[0]);
            for (int j = i + 1; j < columns.Length; j++)
                Reflect(v, columns[j].AsSpan(i), scale);
            foreach (double[] target in targets)
                Reflect(v, target.AsSpan(i), scale);
            v.Clear();
            v[0] = diagonal;
        }
    }

    private static void Reflect(ReadOnlySpan<double> v, Span<double> column, double scale)
        => VectorOperations.AddScaled(column, -scale * TensorPrimitives.Dot(v, column), v);
}
