using Attractor.Data;
using Attractor.Models;
using Attractor.Probability;

namespace Attractor.Runs;

/// <summary>What a model with latent variables must beat: the variables independent of each other and of time.</summary>
internal static class IndependentVariables
{
    /// <summary>
    /// The mean of -log p of a row under Gaussians or Poissons of the data's own means and variances, nats; missing values take none. Null
    /// for other observations, and where a variable is constant.
    /// </summary>
    /// <param name="observation">The family.</param>
    /// <param name="series">Recordings of the same variables.</param>
    public static double? Nats(ObservationModel observation, IReadOnlyList<TimeSeries> series)
    {
        Func<double[], double>? one = observation.Name switch
        {
            "gaussian" or "isotropic-gaussian" => Gaussian,
            "poisson" => Poissons,
            _ => null,
        };
        if (one is null)
            return null;
        double sum = 0;
        long rows = series.Sum(s => (long)s.Length);
        for (int n = 0; n < series[0].Dimension; n++)
        {
            double[] values = [.. series.SelectMany(s => s.Column(n)).Where(v => !double.IsNaN(v))];
            sum += values.Length == 0 ? 0 : one(values) * values.Length / rows;
        }
        return double.IsFinite(sum) ? sum : null;
    }

    /// <summary>The same of rows that need not be in memory.</summary>
    public static double? Nats(ObservationModel observation, IRowSource rows)
    {
        double[] sums = observation.Name switch
        {
            "gaussian" or "isotropic-gaussian" => [.. rows.Profiles.Select(column => column.Present == 0 ? 0
                : 0.5 * (Math.Log(2 * Math.PI * column.Variance) + 1) * column.Present)],
            "poisson" => Poissons(rows),
            _ => [double.NaN],
        };
        double sum = sums.Sum() / rows.Count;
        return double.IsFinite(sum) ? sum : null;
    }

    private static double[] Poissons(IRowSource rows)
    {
        const int BlockRows = 4096;
        int width = rows.Names.Count;
        Poisson?[] poissons = [.. rows.Profiles.Select(column => column.Mean > 0 ? new Poisson(column.Mean) : (Poisson?)null)];
        double[] sums = new double[width], block = new double[(int)Math.Min(BlockRows, rows.Count) * width];
        for (long first = 0; first < rows.Count; first += BlockRows)
        {
            Span<double> read = block.AsSpan(0, (int)Math.Min(BlockRows, rows.Count - first) * width);
            rows.Read(first, read);
            for (int i = 0; i < read.Length; i++)
                if (!double.IsNaN(read[i]) && poissons[i % width] is { } poisson)
                    sums[i % width] -= poisson.LogDensity(read[i]);
        }
        return sums;
    }

    private static double Gaussian(double[] values)
    {
        double mean = values.Average(), variance = values.Average(v => (v - mean) * (v - mean));
        return 0.5 * (Math.Log(2 * Math.PI * variance) + 1);
    }

    private static double Poissons(double[] values)
    {
        double mean = values.Average();
        if (!(mean > 0))
            return 0;
        Poisson poisson = new(mean);
        return -values.Average(poisson.LogDensity);
    }
}
