namespace Attractor.Dynamics;

/// <summary>
/// The embedding dimension without thresholds: L. Cao, "Practical method for determining the minimum embedding dimension of a scalar
/// time series", Physica D 110 (1997).
/// </summary>
/// <param name="E1">E(m + 1) / E(m) for m = 1, 2, ...: levels off at 1 where the dimension suffices.</param>
/// <param name="E2">E*(m + 1) / E*(m): about 1 at every m for noise, different from 1 somewhere for a deterministic recording.</param>
/// <param name="Dimension">The first m from which E1 has levelled off; null if it has not.</param>
public sealed record CaoEmbedding(double[] E1, double[] E2, int? Dimension)
{
    private const double Level = 0.05;

    /// <summary>E1 and E2 in 1 .. most dimensions.</summary>
    /// <param name="values">T finite values.</param>
    /// <param name="delay">tau, in rows.</param>
    /// <param name="most">The largest dimension to try.</param>
    /// <param name="window">The Theiler window in rows; null for the mean period.</param>
    /// <remarks>Chosen is the first m for which E1(m) and all later ones differ from their last by at most 5 %.</remarks>
    /// <exception cref="ArgumentException">A size is out of range, or the recording too short.</exception>
    public static CaoEmbedding Of(ReadOnlySpan<double> values, int delay, int most = 8, int? window = null)
    {
        Neighbours.Require(values, delay, most + 1);
        int excluded = window ?? TheilerWindow.MeanPeriod(values);
        double[] all = values.ToArray(), e = new double[most + 1], star = new double[most + 1];
        for (int m = 1; m <= most + 1; m++)
        {
            double sum = 0, difference = 0;
            int counted = 0, step = m * delay;
            foreach ((int t, int neighbour, double distance) in Neighbours.Nearest(all, m, delay, excluded, Norm.Maximum))
            {
                if (distance <= 0)
                    continue;
                double further = Math.Abs(all[t + step] - all[neighbour + step]);
                sum += Math.Max(distance, further) / distance;
                difference += further;
                counted++;
            }
            (e[m - 1], star[m - 1]) = (sum / counted, difference / counted);
        }
        double[] e1 = [.. Enumerable.Range(0, most).Select(m => e[m + 1] / e[m])],
            e2 = [.. Enumerable.Range(0, most).Select(m => star[m + 1] / star[m])];
        int? dimension = null;
        for (int m = most - 1; m >= 0 && Math.Abs(e1[m] - e1[^1]) <= Level * e1[^1]; m--)
            dimension = m + 1;
        return new(e1, e2, dimension == most && most > 1 ? null : dimension);
    }
}
