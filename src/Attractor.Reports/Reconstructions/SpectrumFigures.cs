using Attractor.Evaluation;

namespace Attractor.Reports;

/// <summary>The smoothed power spectra that D_H compares, variable by variable.</summary>
internal static class SpectrumFigures
{
    private const int MostVariables = 3, Points = 400;

    public static IEnumerable<Element> Of(TimeSeries truth, TimeSeries generated) => Of([(truth, generated)]);

    /// <summary>Of several recordings the mean by rows, at the frequencies of the longest.</summary>
    public static IEnumerable<Element> Of(IReadOnlyList<(TimeSeries Truth, TimeSeries Generated)> trials)
    {
        TimeSeries truth = trials[0].Truth;
        List<Element> figures = [];
        for (int n = 0; n < Math.Min(MostVariables, truth.Dimension); n++)
        {
            (double[] x, double[] y) = Thinned([.. trials.Select(trial => trial.Truth)], n);
            (double[] gx, double[] gy) = Thinned([.. trials.Select(trial => trial.Generated)], n);
            figures.Add(new LineFigure(
                truth.Names[n],
                "",
                "frequency, cycles per unit of time",
                "power",
                [new("true", "--true", x, y), new("generated", "--generated", gx, gy)])
            {
                LogX = true,
                LogY = true,
                Height = 280,
            });
        }
        yield return new Row(figures);
    }

    // On logarithmic axes the upper frequencies crowd: the mean over equal steps of the logarithm.
    private static (double[] Frequencies, double[] Power) Thinned(IReadOnlyList<TimeSeries> trials, int n)
    {
        TimeSeries[] whole = [.. trials.Where(one => one.Length >= 16 && Array.TrueForAll(one.Column(n), double.IsFinite))];
        if (whole.Length == 0)
            return ([], []);
        (double[] f, double[] p) = Mean(whole, n);
        List<double> frequencies = [], powers = [];
        double ratio = Math.Pow(f[^1] / f[1], 1.0 / Points);
        for (int i = 1; i < f.Length;)
        {
            double end = f[i] * ratio, fSum = 0, pSum = 0;
            int count = 0;
            for (; i < f.Length && (count == 0 || f[i] <= end); i++, count++)
                (fSum, pSum) = (fSum + f[i], pSum + p[i]);
            frequencies.Add(fSum / count);
            powers.Add(pSum / count > 0 ? pSum / count : double.NaN);
        }
        return ([.. frequencies], [.. powers]);
    }

    // A trial says nothing below its own lowest frequency.
    private static (double[] Frequencies, double[] Power) Mean(TimeSeries[] trials, int n)
    {
        TimeSeries longest = trials.MaxBy(one => one.Length)!;
        PowerSpectrum first = PowerSpectrum.Of(longest, n);
        if (trials.Length == 1)
            return (first.Frequencies, first.Power);
        double[] f = first.Frequencies, sum = new double[f.Length], rows = new double[f.Length];
        foreach (TimeSeries trial in trials)
        {
            PowerSpectrum own = PowerSpectrum.Of(trial, n);
            double[] g = own.Frequencies, p = own.Power;
            for (int i = 1, j = 1; i < f.Length; i++)
            {
                if (f[i] < g[1] || f[i] > g[^1])
                    continue;
                while (j < g.Length - 1 && g[j] < f[i])
                    j++;
                double share = j == 1 ? 1 : (f[i] - g[j - 1]) / (g[j] - g[j - 1]);
                sum[i] += trial.Length * ((share * p[j]) + ((1 - share) * p[Math.Max(1, j - 1)]));
                rows[i] += trial.Length;
            }
        }
        return (f, [.. sum.Zip(rows, (s, r) => r > 0 ? s / r : 0)]);
    }
}
