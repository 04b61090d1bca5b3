namespace Attractor.Learning;

/// <summary>Sparse teacher forcing: the first N units are replaced by the data every <see cref="Interval"/> steps.</summary>
public sealed record SparseTeacherForcing : TeacherForcing
{
    /// <summary>Forcing every <paramref name="interval"/> steps.</summary>
    public SparseTeacherForcing(int interval)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(interval);
        Interval = interval;
    }

    /// <summary>tau, in steps.</summary>
    public int Interval { get; }

    /// <inheritdoc/>
    public override double Strength(int t) => t % Interval == 0 ? 1 : 0;
}
