using Attractor.Evaluation;

namespace Attractor.Reports;

/// <summary>The smoothed power spectra that D_H compares, variable by variable.</summary>
internal static class SpectrumFigures
{
    private const int MostVariables = 3, Points = 400;

    public static IEnumerable<Element> Of(TimeSeries truth, TimeSeries generated)
    {
        List<Element> figures = [];
        for (int n = 0; n < Math.Min(MostVariables, truth.Dimension); n++)
        {
            (double[] x, double[] y) = Thinned(truth, n);
            (double[] gx, double[] gy) = Thinned(generated, n);
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
    private static (double[] Frequencies, double[] Power) Thinned(TimeSeries series, int n)
    {
        if (!Array.TrueForAll(series.Column(n), double.IsFinite) || series.Length < 16)
            return ([], []);
        PowerSpectrum spectrum = PowerSpectrum.Of(series, n);
        (double[] f, double[] p) = (spectrum.Frequencies, spectrum.Power);
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
}
