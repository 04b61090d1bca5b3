namespace Attractor.Learning;

/// <summary>A constant rate.</summary>
public sealed record ConstantRate(double Rate) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double At(long update, long updates) => Rate;
}
