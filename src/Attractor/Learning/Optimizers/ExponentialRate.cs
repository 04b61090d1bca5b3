namespace Attractor.Learning;

/// <summary>Exponential decay from one rate to another over the whole training.</summary>
public sealed record ExponentialRate(double Start, double End) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double At(long update, long updates)
        => updates <= 1 ? Start : Start * Math.Pow(End / Start, (double)update / (updates - 1));
}
