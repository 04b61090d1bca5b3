using Attractor.Learning;

namespace Attractor.Reports;

/// <summary>The bound over the epochs, and what it is made of.</summary>
internal static class BoundFigure
{
    /// <param name="epochs">The epochs.</param>
    /// <param name="unit">What a bound is per: image, row, time step.</param>
    public static LineFigure Bounds(IReadOnlyList<EpochPoint> epochs, string unit)
    {
        double[] x = [.. epochs.Select(e => (double)e.Epoch)];
        List<Curve> curves = [new("training", "--true", x, [.. epochs.Select(e => -e.Loss)]) { Style = CurveStyle.LinesAndDots }];
        if (epochs.Any(e => e.TestLoss is not null))
            curves.Add(new("test", "--generated", x, [.. epochs.Select(e => -e.TestLoss ?? double.NaN)])
            {
                Style = CurveStyle.LinesAndDots
            });
        return new(
            "Evidence lower bound",
            $"A lower bound on log p(x), the mean over all samples. Of the training each batch counts before its update, so "
            + $"that the first epochs lag behind.",
            "epoch", $"ELBO, nats per {unit}", curves);
    }

    /// <summary>The two parts of the training bound.</summary>
    /// <inheritdoc cref="Bounds"/>
    public static LineFigure Parts(IReadOnlyList<EpochPoint> epochs, string unit)
    {
        double[] x = [.. epochs.Select(e => (double)e.Epoch)];
        return new(
            "What it is made of",
            "ELBO = E[log p(x | z)] - KL(q(z | x) || p(z)): how well x is told from z, less what z says of x.",
            "epoch",
            $"nats per {unit}",
            [
                new("-E[log p(x | z)]", "--true", x, [.. epochs.Select(e => e.Reconstruction)]),
                new("KL(q || p)", "--third", x, [.. epochs.Select(e => e.Divergence)]),
            ])
        {
            LogY = epochs.All(e => e.Reconstruction > 0 && e.Divergence > 0),
        };
    }
}
