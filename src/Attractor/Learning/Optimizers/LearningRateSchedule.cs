namespace Attractor.Learning;

/// <summary>The learning rate as a function of the update.</summary>
public abstract record LearningRateSchedule
{
    /// <summary>The rate at update <paramref name="update"/> (from 0) of <paramref name="updates"/>.</summary>
    public abstract double At(long update, long updates);

    /// <summary>The same rate throughout.</summary>
    public static LearningRateSchedule Constant(double rate) => new ConstantRate(rate);

    /// <summary>From <paramref name="start"/> to <paramref name="end"/>, by the same factor at every update.</summary>
    public static LearningRateSchedule Exponential(double start, double end) => new ExponentialRate(start, end);

    /// <summary><paramref name="start"/> times <paramref name="factor"/> at each of the given fractions of the updates.</summary>
    public static LearningRateSchedule Step(double start, double factor, params IReadOnlyList<double> fractions)
        => new StepRate(start, factor, fractions);
}
