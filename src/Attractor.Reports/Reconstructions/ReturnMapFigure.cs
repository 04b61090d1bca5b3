namespace Attractor.Reports;

/// <summary>Each maximum of the last variable (of at most three) over the one before: for Lorenz's z, a tent.</summary>
internal static class ReturnMapFigure
{
    private const int MostPoints = 1500;

    public static LineFigure? Of(TimeSeries truth, TimeSeries generated) => Of([(truth, generated)]);

    /// <summary>Of several recordings: both maxima of a point are of the same one.</summary>
    public static LineFigure? Of(IReadOnlyList<(TimeSeries Truth, TimeSeries Generated)> trials)
    {
        TimeSeries truth = trials[0].Truth;
        int variable = Math.Min(2, truth.Dimension - 1);
        double[][] maxima = [.. trials.Select(trial => SuccessiveMaxima.Of(trial.Truth.Column(variable)))],
            made = [.. trials.Select(trial => SuccessiveMaxima.Of(trial.Generated.Column(variable)))];
        if (maxima.All(own => own.Length < 3))
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

    private static Curve Pairs(string name, string color, double[][] trials)
    {
        (double One, double Next)[] pairs = [.. trials.SelectMany(maxima => maxima.Zip(maxima.Skip(1))).Take(MostPoints)];
        return new(name, color, [.. pairs.Select(pair => pair.One)], [.. pairs.Select(pair => pair.Next)])
        {
            Style = CurveStyle.Dots,
            Size = 3,
        };
    }
}
