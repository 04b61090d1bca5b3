using Attractor.Learning;

namespace Attractor.Reports;

/// <summary>The training curve.</summary>
internal static class LossFigure
{
    private const int MostPoints = 1000;

    public static LineFigure Of(IReadOnlyList<LossPoint> losses)
    {
        int stride = (losses.Count + MostPoints - 1) / MostPoints;
        LossPoint[] shown = [.. losses.Where((_, i) => i % stride == 0 || i == losses.Count - 1)];
        return new(
            "Training loss", "Mean squared error of the forced predictions, in units of the data squared.", "update", "loss",
            [new("loss", "--true", [.. shown.Select(p => (double)p.Update)], [.. shown.Select(p => p.Loss)])])
        {
            LogY = true,
        };
    }
}
