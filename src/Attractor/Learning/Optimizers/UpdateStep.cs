namespace Attractor.Learning;

/// <summary>What an <see cref="UpdateRule"/> works on: some of the parameters with their gradient and their moments.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly unsafe ref struct UpdateStep<T>
    where T : unmanaged
{
    private readonly T** _moments;
    private readonly int _momentCount;

    internal UpdateStep(in Descent<T> values, T** moments, int momentCount, double rate, long update)
    {
        int count = checked((int)values.Count);
        Parameters = new(values.Parameters, count);
        Gradient = new(values.Gradient, count);
        _moments = moments;
        (_momentCount, LearningRate, Update) = (momentCount, rate, update);
    }

    /// <summary>theta, which the rule changes.</summary>
    public Span<T> Parameters { get; }

    /// <summary>g, as long.</summary>
    public ReadOnlySpan<T> Gradient { get; }

    /// <summary>The learning rate.</summary>
    public double LearningRate { get; }

    /// <summary>t, 1 for the first update: what a correction of bias counts by.</summary>
    public long Update { get; }

    /// <summary>One of the moments, as long as the parameters: 0 before the first update, then what the rule left there.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rule keeps fewer moments.</exception>
    public Span<T> Moment(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _momentCount);
        return new(_moments[index], Parameters.Length);
    }
}
