namespace Attractor.Dynamics;

/// <summary>
/// The share of nearest neighbours that are neighbours only because the space is too small for the attractor: M. B. Kennel, R. Brown
/// and H. D. I. Abarbanel, "Determining embedding dimension for phase-space reconstruction", Phys. Rev. A 45 (1992).
/// </summary>
/// <param name="Fractions">The share in 1, 2, ... dimensions.</param>
/// <param name="Dimension">The first dimension with a share below the threshold; null if there is none.</param>
public sealed record FalseNearestNeighbours(double[] Fractions, int? Dimension)
{
    private const double Threshold = 0.01;

    /// <summary>Both criteria: the next coordinate lies too far away in units of the distance, or in units of the attractor.</summary>
    /// <param name="values">T finite values.</param>
    /// <param name="delay">tau, in rows.</param>
    /// <param name="most">The largest dimension to try.</param>
    /// <param name="window">The Theiler window in rows; null for the mean period.</param>
    /// <param name="ratio">R_tol: distances that grow by this factor with the next coordinate are false.</param>
    /// <param name="size">A_tol: distances in one more dimension beyond this many standard deviations are false.</param>
    /// <exception cref="ArgumentException">A size is out of range, or the recording too short.</exception>
    public static FalseNearestNeighbours Of(
        ReadOnlySpan<double> values, int delay, int most = 8, int? window = null, double ratio = 15, double size = 2)
    {
        Neighbours.Require(values, delay, most);
        double mean = 0, square = 0;
        foreach (double value in values)
            mean += value / values.Length;
        foreach (double value in values)
            square += (value - mean) * (value - mean) / values.Length;
        double deviation = Math.Sqrt(square);
        int excluded = window ?? TheilerWindow.MeanPeriod(values);
        double[] all = values.ToArray(), fractions = new double[most];
        for (int m = 1; m <= most; m++)
        {
            int step = m * delay, falses = 0, counted = 0;
            foreach ((int t, int neighbour, double distance) in Neighbours.Nearest(all, m, delay, excluded, Norm.Euclidean))
            {
                if (distance <= 0)
                    continue;
                // Row t of the embedding begins at value t and the next coordinate lies one delay beyond its end.
                double further = Math.Abs(all[t + step] - all[neighbour + step]);
                counted++;
                if (further / distance > ratio || Math.Sqrt((distance * distance) + (further * further)) / deviation > size)
                    falses++;
            }
            fractions[m - 1] = counted > 0 ? (double)falses / counted : double.NaN;
        }
        int first = Array.FindIndex(fractions, f => f < Threshold);
        return new(fractions, first < 0 ? null : first + 1);
    }
}
