using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>What a fit finds of a truth that is known.</summary>
internal sealed class Recovery
{
    public Recovery(SimulatedCatalogue truth, MixtureFit fit, MixtureFit fromTruth)
    {
        (Truth, Fit, FromTruth) = (truth, fit, fromTruth);
        double[,] r = fit.Mixture.Responsibilities(truth.Data);
        int components = truth.Components;
        int[,] rows = new int[components, components];
        for (int n = 0; n < truth.Rows; n++)
            rows[truth.Labels[n], Enumerable.Range(0, components).MaxBy(k => r[n, k])]++;
        // Labels are arbitrary: the pair with most rows in common belongs together, then the next.
        Match = new int[components];
        HashSet<int> free = [.. Enumerable.Range(0, components)], taken = [.. free];
        int right = 0;
        while (free.Count > 0)
        {
            (int t, int k) = free.SelectMany(t => taken.Select(k => (t, k))).MaxBy(pair => rows[pair.t, pair.k]);
            Match[t] = k;
            right += rows[t, k];
            free.Remove(t);
            taken.Remove(k);
        }
        Accuracy = right / (double)truth.Rows;
    }

    public SimulatedCatalogue Truth { get; }

    public MixtureFit Fit { get; }

    /// <summary>The fit that started from the true assignments.</summary>
    public MixtureFit FromTruth { get; }

    /// <summary>The fitted component of each true one.</summary>
    public int[] Match { get; }

    /// <summary>How many of the rows are assigned to the component they came from.</summary>
    public double Accuracy { get; }

    /// <summary>The least rise of the bound in a sweep: not below 0 but for rounding.</summary>
    public double LeastRise => Fit.Traces.Where(t => t.Count > 1).Min(t => Enumerable.Range(1, t.Count - 1).Min(i => t[i] - t[i - 1]));

    /// <summary>By how much the bound would be too high with 1 / rho_k in place of D / rho_k.</summary>
    public double Slip
    {
        get
        {
            double sum = 0;
            for (int k = 0; k < Fit.Mixture.Components; k++)
            {
                double precision = Means.PrecisionOfMean(k)[0];
                sum += (SimulatedCatalogue.Position.Count - 1)
                    * ((Truth.Settings.Tau * Fit.Counts[k]) + Truth.Settings.Rho) / (2 * precision);
            }
            return sum;
        }
    }

    private GaussianMeanPosterior Means => (GaussianMeanPosterior)Fit.Mixture.Posteriors[0];

    private PoissonPosterior Rates => (PoissonPosterior)Fit.Mixture.Posteriors[1];

    /// <summary>A row for each component, in the order and with the number of the fit.</summary>
    public IReadOnlyList<string[]> Table() =>
    [
        .. Enumerable.Range(0, Match.Length).OrderBy(t => Match[t]).Select(t =>
        {
            Line line = Of(t);
            return (string[])
            [
                Number(Match[t] + 1), $"{Fixed(line.Centre[0])}, {Fixed(line.Centre[1])}", $"{Fixed(line.Found[0])}, "
                    + $"{Fixed(line.Found[1])}",
                Fixed(line.Deviation, 3), Fixed(line.Score, 1),
                Fixed(line.Rate), Fixed(line.FoundRate), Fixed(line.RateDeviation), Fixed(line.RateScore, 1),
            ];
        }),
    ];

    public JsonArray ToJson() =>
    [
        .. Enumerable.Range(0, Match.Length).Select(JsonNode (t) =>
        {
            Line line = Of(t);
            return new JsonObject
            {
                ["true_centre"] = new JsonArray([.. line.Centre.Select(Json.Number)]),
                ["centre"] = new JsonArray([.. line.Found.Select(Json.Number)]),
                ["centre_deviation"] = Json.Number(line.Deviation),
                ["true_rate"] = Json.Number(line.Rate),
                ["rate"] = Json.Number(line.FoundRate),
                ["rate_deviation"] = Json.Number(line.RateDeviation),
                ["largest_deviation_in_standard_errors"] = Json.Number(Math.Max(line.Score, line.RateScore)),
            };
        }),
    ];

    /// <summary>The largest distance of a centre or rate from the truth, in standard deviations of its posterior.</summary>
    public double LargestScore => Enumerable.Range(0, Match.Length).Select(Of).Max(l => Math.Max(l.Score, l.RateScore));

    private Line Of(int t)
    {
        int k = Match[t];
        double[] found = Means.Mean(k).ToArray(), centre = Truth.Centres[t];
        double deviation = 1 / Math.Sqrt(Means.PrecisionOfMean(k)[0]),
            rate = Rates.Mean[k], rateDeviation = Math.Sqrt(Rates.Shape[k]) / Rates.Rate[k];
        double score = Enumerable.Range(0, found.Length).Max(d => Math.Abs(found[d] - centre[d])) / deviation;
        return new(centre, found, deviation, score, Truth.Rates[t], rate, rateDeviation, Math.Abs(rate - Truth.Rates[t]) / rateDeviation);
    }

    private static string Fixed(double value, int digits = 2) => value.ToString("F" + Number(digits), CultureInfo.InvariantCulture);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private sealed record Line(
        double[] Centre,
        double[] Found,
        double Deviation,
        double Score,
        double Rate,
        double FoundRate,
        double RateDeviation,
        double RateScore);
}
