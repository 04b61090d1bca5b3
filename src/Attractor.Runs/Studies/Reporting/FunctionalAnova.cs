using Attractor.Numerics;

namespace Attractor.Runs;

/// <summary>The shares of variance of a function of several variables that is known at some points.</summary>
/// <remarks>
/// F. Hutter, H. Hoos and K. Leyton-Brown, "An efficient approach for assessing hyperparameter importance", ICML 2014: a forest of
/// regression trees is fitted to the points, and the variance of each tree over the whole cube is taken apart (I. M. Sobol, Mathematical
/// Modelling and Computational Experiments 1, 1993). A tree is constant on boxes, so its marginal over all other variables is a sum over
/// its leaves, without sampling. What the points crowd in matters to the forest, not to the measure, which is even over the cube.
/// </remarks>
internal sealed class FunctionalAnova
{
    // More rows than that cost time and change the shares by less than the forest does.
    private const int MostRows = 500;

    private const int Trees = 64, LeastToSplit = 4, LeastInLeaf = 2;

    // Of all variables, the part that a split chooses among.
    private const double Chosen = 5.0 / 6;

    private readonly int _dimensions;
    private readonly List<Leaf[]> _forest = [];

    /// <param name="points">In [0, 1] in every variable.</param>
    /// <param name="values">As many.</param>
    public FunctionalAnova(double[][] points, double[] values)
    {
        _dimensions = points.Length > 0 ? points[0].Length : 0;
        for (int tree = 0; tree < Trees; tree++)
        {
            RandomStream random = new(0, "functional anova", (ulong)tree);
            int[] rows = [.. Enumerable.Range(0, Math.Min(MostRows, points.Length)).Select(_ => (int)random.NextInt64(points.Length))];
            List<Leaf> leaves = [];
            Split(points, values, rows, new double[_dimensions], [.. Enumerable.Repeat(1.0, _dimensions)], random, leaves);
            _forest.Add([.. leaves]);
        }
    }

    /// <summary>The share of the variance that each variable decides by itself, in the mean of the trees.</summary>
    public double[] Singles()
    {
        double[] shares = new double[_dimensions];
        int counted = 0;
        foreach (Leaf[] tree in _forest)
        {
            double total = Variance(tree);
            if (!(total > 0))
                continue;
            counted++;
            for (int d = 0; d < _dimensions; d++)
                shares[d] += MarginalVariance(tree, d) / total;
        }
        return [.. shares.Select(s => counted > 0 ? s / counted : 0)];
    }

    private static double Mean(Leaf[] tree) => tree.Sum(leaf => leaf.Volume() * leaf.Value);

    private static double Variance(Leaf[] tree)
    {
        double mean = Mean(tree);
        return tree.Sum(leaf => leaf.Volume() * Math.Pow(leaf.Value - mean, 2));
    }

    // The marginal is constant between the borders of leaves.
    private static double MarginalVariance(Leaf[] tree, int d)
    {
        double mean = Mean(tree), sum = 0;
        double[] borders = [.. tree.SelectMany(l => (double[])[l.Low[d], l.High[d]]).Distinct().Order()];
        for (int i = 0; i + 1 < borders.Length; i++)
        {
            double middle = (borders[i] + borders[i + 1]) / 2;
            double marginal = tree.Where(l => l.Low[d] <= middle && middle < l.High[d]).Sum(l => l.Volume(d) * l.Value);
            sum += (borders[i + 1] - borders[i]) * (marginal - mean) * (marginal - mean);
        }
        return sum;
    }

    private void Split(
        double[][] points, double[] values, int[] rows, double[] low, double[] high, RandomStream random, List<Leaf> leaves)
    {
        double mean = rows.Average(r => values[r]);
        (int Variable, double Border, double Gain) best = (-1, 0, 1e-12 * rows.Sum(r => values[r] * values[r]));
        if (rows.Length >= LeastToSplit)
        {
            int[] variables = [.. Enumerable.Range(0, _dimensions).OrderBy(_ => random.NextDouble())];
            foreach (int d in variables.Take((int)Math.Ceiling(Chosen * _dimensions)))
                if (Best(points, values, rows, d, mean) is var found && found.Gain > best.Gain)
                    best = (d, found.Border, found.Gain);
        }
        if (best.Variable < 0)
        {
            leaves.Add(new(low, high, mean));
            return;
        }
        double[] middleHigh = [.. high], middleLow = [.. low];
        middleHigh[best.Variable] = middleLow[best.Variable] = best.Border;
        Split(points, values, [.. rows.Where(r => points[r][best.Variable] < best.Border)], low, middleHigh, random, leaves);
        Split(points, values, [.. rows.Where(r => points[r][best.Variable] >= best.Border)], middleLow, high, random, leaves);
    }

    // Where the squared error falls most, between two different values.
    private static (double Border, double Gain) Best(double[][] points, double[] values, int[] rows, int d, double mean)
    {
        int[] order = [.. rows.OrderBy(r => points[r][d])];
        (double Border, double Gain) best = (0, 0);
        double left = 0, all = order.Sum(r => values[r] - mean);
        for (int n = 1; n < order.Length; n++)
        {
            left += values[order[n - 1]] - mean;
            double before = points[order[n - 1]][d], after = points[order[n]][d];
            if (!(after > before) || n < LeastInLeaf || order.Length - n < LeastInLeaf)
                continue;
            double right = all - left, gain = (left * left / n) + (right * right / (order.Length - n));
            if (gain > best.Gain)
                best = ((before + after) / 2, gain);
        }
        return best;
    }

    private sealed record Leaf(double[] Low, double[] High, double Value)
    {
        /// <summary>The measure of the box, in all variables but one if one is named.</summary>
        public double Volume(int without = -1)
        {
            double volume = 1;
            for (int d = 0; d < Low.Length; d++)
                volume *= d == without ? 1 : High[d] - Low[d];
            return volume;
        }
    }
}
