namespace Attractor.Reports;

/// <summary>Each maximum of the last variable (of at most three) over the one before: for Lorenz's z, a tent.</summary>
internal static class ReturnMapFigure
{
    private const int MostPoints = 1500;

    public static LineFigure? Of(TimeSeries truth, TimeSeries generated)
    {
        int variable = Math.Min(2, truth.Dimension - 1);
        double[] maxima = SuccessiveMaxima.Of(truth.Column(variable)), made = SuccessiveMaxima.Of(generated.Column(variable));
        if (maxima.Length < 3)
            return null;
        string name = truth.Names[variable];
        return new(
            $"Successive maxima of {name}",
            "Noise would make a cloud; a curve means that each maximum determines the next.",
            $"maximum of {name}",
            "next maximum",
            [Pairs("true", "--true", maxima), Pairs("generated", "--generated", made)])
        {
            Height = 400,
        };
    }

    private static Curve Pairs(string name, string color, double[] maxima)
    {
        int count = Math.Max(0, Math.Min(MostPoints, maxima.Length - 1));
        return new(name, color, maxima[..count], count == 0 ? [] : maxima[1..(count + 1)]) { Style = CurveStyle.Dots, Size = 3 };
    }
}
