using Attractor.Data;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>Responsibilities to set out from.</summary>
internal sealed class Starts
{
    // Centres are drawn from so many rows at most: more do not make them better.
    private const int MostCandidates = 20_000;
    private const int TileRows = ResponsibilityKernel.TileRows;

    private readonly IReadOnlyList<ConjugateBlock> _blocks;
    private readonly IRowSource _rows;
    private readonly int[][] _columns;
    private readonly double[][] _means, _deviations;
    private readonly int _components, _coordinates;

    public Starts(Mixture mixture, IRowSource rows)
    {
        (_blocks, _rows, _components) = (mixture.Blocks, rows, mixture.Components);
        _columns = MixtureColumns.Find(_blocks, rows.Names);
        _means = [.. _columns.Select(b => (double[])[.. b.Select(c => rows.Profiles[c].Mean)])];
        _deviations = [.. _columns.Select(b => (double[])[.. b.Select(c => Math.Sqrt(rows.Profiles[c].Variance))])];
        _coordinates = _blocks.Sum(b => b.Coordinates);
    }

    /// <summary>The responsibilities of one start.</summary>
    public ExpectationStep.Given Draw(MixtureStart start, ulong seed, int restart)
        => start == MixtureStart.Random ? Simplex(seed, restart) : Nearest(Centres(new(seed, "k-means++", (ulong)restart)));

    /// <summary>
    /// Responsibilities that a user gives: those of a row sum to 1 but for the digits that a file may have left out, and exactly so here,
    /// or the first sweep could lower the bound.
    /// </summary>
    public static ExpectationStep.Given Of(double[,] responsibilities) => (first, rows, panel) =>
    {
        int components = responsibilities.GetLength(1);
        for (int n = 0; n < rows; n++)
        {
            double sum = 0;
            for (int k = 0; k < components; k++)
                sum += responsibilities[first + n, k];
            for (int k = 0; k < components; k++)
                panel[(k * TileRows) + n] = responsibilities[first + n, k] / sum;
        }
    };

    private ExpectationStep.Given Simplex(ulong seed, int restart) => (first, rows, panel) =>
    {
        RandomStream random = new(seed, "random responsibilities", ((ulong)restart << 40) + (ulong)(first / TileRows));
        for (int n = 0; n < rows; n++)
        {
            double sum = 0;
            for (int k = 0; k < _components; k++)
                sum += panel[(k * TileRows) + n] = -Math.Log(1 - random.NextDouble());
            for (int k = 0; k < _components; k++)
                panel[(k * TileRows) + n] /= sum;
        }
    };

    private ExpectationStep.Given Nearest(double[] centres) => (first, rows, panel) =>
    {
        double[] places = Places(first, rows, 1);
        for (int n = 0; n < rows; n++)
        {
            int nearest = 0;
            double least = double.PositiveInfinity;
            for (int k = 0; k < _components; k++)
                if (Distance(places, n, centres, k) is var distance && distance < least)
                    (nearest, least) = (k, distance);
            panel[(nearest * TileRows) + n] = 1;
        }
    };

    // The next centre is drawn in proportion to the squared distance from those there are: of a few such
    // draws the one that leaves the least of it.
    private double[] Centres(RandomStream random)
    {
        long stride = Math.Max(1, _rows.Count / MostCandidates), offset = random.NextInt64(stride);
        int count = (int)Math.Min(MostCandidates, (_rows.Count - offset + stride - 1) / stride), trials = 2 + (int)Math.Log(_components);
        double[] places = Places(offset, count, stride), centres = new double[_components * _coordinates],
            nearest = new double[count], tried = new double[count], best = new double[count];
        nearest.AsSpan().Fill(double.PositiveInfinity);
        Put((int)random.NextInt64(count), 0);
        Update(nearest, 0);
        for (int k = 1; k < _components; k++)
        {
            double total = nearest.Sum(), least = double.PositiveInfinity;
            int chosen = (int)random.NextInt64(count);
            for (int trial = 0; trial < trials && total > 0; trial++)
            {
                int candidate = Pick(nearest, random.NextDouble() * total);
                Put(candidate, k);
                nearest.CopyTo(tried, 0);
                Update(tried, k);
                if (tried.Sum() is var left && left < least)
                {
                    (least, chosen) = (left, candidate);
                    (best, tried) = (tried, best);
                }
            }
            Put(chosen, k);
            if (double.IsFinite(least))
                best.CopyTo(nearest, 0);
        }
        return centres;

        void Put(int row, int k) => places.AsSpan(row * _coordinates, _coordinates).CopyTo(centres.AsSpan(k * _coordinates));

        void Update(double[] distances, int k)
        {
            for (int n = 0; n < count; n++)
                distances[n] = Math.Min(distances[n], Distance(places, n, centres, k));
        }
    }

    private static int Pick(double[] weights, double left)
    {
        int last = 0;
        for (int n = 0; n < weights.Length; n++)
        {
            if (weights[n] > 0)
                last = n;
            left -= weights[n];
            if (left < 0)
                return n;
        }
        return last;
    }

    private double Distance(double[] places, int n, double[] centres, int k)
    {
        double sum = 0;
        ReadOnlySpan<double> a = places.AsSpan(n * _coordinates, _coordinates), b = centres.AsSpan(k * _coordinates, _coordinates);
        for (int i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }

    private double[] Places(long first, int count, long stride)
    {
        int width = _rows.Names.Count;
        double[] rows = new double[count * width], places = new double[count * _coordinates];
        if (stride == 1)
            _rows.Read(first, rows);
        else
            for (int n = 0; n < count; n++)
                _rows.Read(first + (n * stride), rows.AsSpan(n * width, width));
        for (int n = 0; n < count; n++)
        {
            int at = n * _coordinates;
            for (int b = 0; b < _blocks.Count; b++)
            {
                double[] x = new double[_columns[b].Length];
                for (int d = 0; d < x.Length; d++)
                {
                    double value = rows[(n * width) + _columns[b][d]];
                    x[d] = double.IsNaN(value) ? _means[b][d] : value;
                }
                _blocks[b].Place(x, _deviations[b], _components, places.AsSpan(at, _blocks[b].Coordinates));
                at += _blocks[b].Coordinates;
            }
        }
        return places;
    }
}
