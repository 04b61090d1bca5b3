using System.Globalization;
using Attractor.Learning;

namespace Attractor.Runs;

/// <summary>Says of every epoch what it came to.</summary>
internal sealed class EpochMessages(IProgress<TrainingProgress> display, int epochs) : IProgress<TrainingProgress>
{
    private TrainingProgress? _last;

    public void Report(TrainingProgress value) => display.Report(_last = value);

    public void Add(EpochPoint point)
    {
        string test = point.TestLoss is { } loss ? string.Create(CultureInfo.InvariantCulture, $", test ELBO {-loss:F2}") : "";
        string beta = point.Beta == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", beta {point.Beta:G3}");
        string message = string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {point.Epoch} of {epochs}: loss {point.Loss:F2} = reconstruction {point.Reconstruction:F2} + divergence "
            + $"{point.Divergence:F2}{test}{beta}  ({point.EpochSeconds:F2} s)");
        if (_last is not null)
            display.Report(_last with { Message = message });
    }
}
