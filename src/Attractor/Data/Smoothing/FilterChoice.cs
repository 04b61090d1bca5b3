using System.Numerics.Tensors;

namespace Attractor.Data;

/// <summary>
/// The filter that suits a variable, the standard deviation of what it takes away, and the root mean square of its leave-one-out errors.
/// </summary>
internal sealed record FilterChoice(SavitzkyGolayFilter Filter, double Noise, double Error)
{
    // Fewer rows do not tell noise from what bends.
    private const int FewestRows = 200, MostHalfWidth = 50;

    // Of the standard deviation of the variable: less is not worth it, more may well be what the data are about.
    private const double LeastNoise = 0.002, MostNoise = 0.5;

    // Where the series bends most, noise alone leaves no more than elsewhere; a polynomial that cannot follow does.
    internal const double MostAtBends = 1.2;

    private const double ShareOfBends = 0.1;

    // Errors fall to their least and rise again: beyond that nothing better comes.
    private const double Risen = 1.2;

    private static readonly int[] s_orders = [2, 4];

    /// <summary>
    /// The filter of the least leave-one-out error, mean (r / (1 - k_0))^2 of the residuals r, among those whose residuals are no larger
    /// at bends; null if there is none, or too little noise or too much.
    /// </summary>
    /// <param name="pieces">Stretches of one variable.</param>
    /// <param name="deviation">Its standard deviation.</param>
    /// <param name="bends">Whether a filter of a smaller error was left out because it cuts down what bends.</param>
    public static FilterChoice? For(IReadOnlyList<double[]> pieces, double deviation, out bool bends)
    {
        bends = false;
        if (pieces.Sum(p => p.Length) < FewestRows)
            return null;
        foreach (Residuals tried in s_orders.SelectMany(order => Tried(order, pieces)).OrderBy(t => t.Error))
        {
            if (!(tried.Noise >= LeastNoise * deviation))
                return null;
            if (!IsNoise(tried.Noise, deviation))
                continue;
            if (tried.RatioAtBends(pieces) <= MostAtBends)
                return new(tried.Filter, tried.Noise, tried.Error);
            bends = true;
        }
        return null;
    }

    /// <summary>Whether a standard deviation is neither too small to matter nor so large that it may be what the data are about.</summary>
    internal static bool IsNoise(double level, double deviation) => level >= LeastNoise * deviation && level <= MostNoise * deviation;

    /// <summary>
    /// Root mean squares of residuals: in the tenth of the rows where the smooth series has its largest second differences, over elsewhere.
    /// </summary>
    /// <param name="bends">Absolute second differences; they are sorted.</param>
    /// <param name="squares">Of the residuals, sorted with them.</param>
    internal static double RatioAtBends(double[] bends, double[] squares)
    {
        Array.Sort(bends, squares);
        int straight = (int)((1 - ShareOfBends) * bends.Length);
        return Math.Sqrt(Mean(squares.AsSpan(straight)) / Mean(squares.AsSpan(0, straight)));
    }

    private static double Mean(ReadOnlySpan<double> values) => TensorPrimitives.Sum(values) / values.Length;

    private static List<Residuals> Tried(int order, IReadOnlyList<double[]> pieces)
    {
        List<Residuals> all = [];
        double least = double.PositiveInfinity;
        for (int w = (order / 2) + 1; w <= MostHalfWidth; w++)
        {
            SavitzkyGolayFilter filter = new(order, w);
            // Of a stretch mostly ends the middle says little.
            if (Residuals.Of(filter, pieces) is not { } tried || tried.Error > Risen * least)
                break;
            all.Add(tried);
            least = Math.Min(least, tried.Error);
        }
        return all;
    }

    /// <summary>What a filter leaves of a variable, away from the ends of its stretches.</summary>
    /// <param name="Filter">The filter.</param>
    /// <param name="MeanSquare">Of the residuals.</param>
    private readonly record struct Residuals(SavitzkyGolayFilter Filter, double MeanSquare)
    {
        /// <summary>Root mean square of the leave-one-out errors.</summary>
        public double Error => Math.Sqrt(MeanSquare) / (1 - Filter.Leverage);

        /// <summary>The standard deviation of independent noise that leaves such residuals.</summary>
        public double Noise => Math.Sqrt(MeanSquare / (1 - Filter.Leverage));

        public static Residuals? Of(SavitzkyGolayFilter filter, IReadOnlyList<double[]> pieces)
        {
            double sum = 0;
            int count = 0;
            foreach (double[] piece in pieces)
            {
                if (piece.Length < 4 * filter.Window)
                    continue;
                double[] residuals = new double[piece.Length - (2 * filter.HalfWidth)];
                filter.Middle(piece, residuals);
                TensorPrimitives.Subtract(piece.AsSpan(filter.HalfWidth, residuals.Length), residuals, residuals);
                sum += TensorPrimitives.SumOfSquares<double>(residuals);
                count += residuals.Length;
            }
            return count >= FewestRows / 2 ? new(filter, sum / count) : null;
        }

        /// <summary>
        /// Root mean squares of the residuals: in the tenth of the rows where the smooth series has its largest second differences, over
        /// elsewhere.
        /// </summary>
        public double RatioAtBends(IReadOnlyList<double[]> pieces)
        {
            List<double> bends = [], squares = [];
            foreach (double[] piece in pieces)
            {
                if (piece.Length < 4 * Filter.Window)
                    continue;
                double[] smooth = new double[piece.Length - (2 * Filter.HalfWidth)];
                Filter.Middle(piece, smooth);
                for (int t = 1; t < smooth.Length - 1; t++)
                {
                    double residual = piece[t + Filter.HalfWidth] - smooth[t];
                    bends.Add(Math.Abs(smooth[t + 1] - (2 * smooth[t]) + smooth[t - 1]));
                    squares.Add(residual * residual);
                }
            }
            return FilterChoice.RatioAtBends([.. bends], [.. squares]);
        }
    }
}
