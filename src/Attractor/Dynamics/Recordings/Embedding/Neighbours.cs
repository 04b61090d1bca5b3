using System.Globalization;

namespace Attractor.Dynamics;

/// <summary>Nearest neighbours in delay embeddings of growing dimension.</summary>
internal static class Neighbours
{
    // More points say little more of a share, and cost.
    private const int MostCentres = 5000, FewestRows = 20;

    public static void Require(ReadOnlySpan<double> values, int delay, int most)
    {
        Recording.RequireFinite(values);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(delay);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        if (values.Length - ((long)most * delay) < FewestRows)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"{values.Length} rows are too few for {most} dimensions with a delay of "
                + $"{delay}: {((long)most * delay) + FewestRows} are needed."),
                nameof(values));
        }
    }

    /// <summary>
    /// For up to 5000 evenly spaced points of the embedding (x_t, x_{t + tau}, ..., x_{t + (m - 1) tau}): the nearest other that also has a
    /// value one delay beyond its end, and its distance.
    /// </summary>
    public static IEnumerable<(int Time, int Neighbour, double Distance)> Nearest(double[] values, int m, int delay, int window, Norm norm)
    {
        int rows = values.Length - (m * delay);
        double[] points = new double[rows * m];
        for (int t = 0; t < rows; t++)
            for (int k = 0; k < m; k++)
                points[(t * m) + k] = values[t + (k * delay)];
        PointTree tree = new(points, m, norm);
        int centres = Math.Min(rows, MostCentres);
        for (int i = 0; i < centres; i++)
        {
            int t = (int)((long)i * rows / centres);
            (int neighbour, double distance) = tree.Nearest(points.AsSpan(t * m, m), t, window, rows);
            if (neighbour >= 0)
                yield return (t, neighbour, distance);
        }
    }
}
