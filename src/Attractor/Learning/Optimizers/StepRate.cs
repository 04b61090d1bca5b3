namespace Attractor.Learning;

/// <summary>A rate multiplied by a factor at given fractions of the training.</summary>
public sealed record StepRate(double Start, double Factor, IReadOnlyList<double> Fractions) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double At(long update, long updates)
    {
        double rate = Start;
        foreach (double fraction in Fractions)
            if (update >= fraction * updates)
                rate *= Factor;
        return rate;
    }
}
