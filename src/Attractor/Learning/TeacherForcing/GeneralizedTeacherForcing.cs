namespace Attractor.Learning;

/// <summary>Generalised teacher forcing: the first N units are drawn towards the data by <see cref="Alpha"/> at every step.</summary>
public sealed record GeneralizedTeacherForcing : TeacherForcing
{
    /// <summary>Constant strength alpha in [0, 1].</summary>
    public GeneralizedTeacherForcing(double alpha)
    {
        if (!(alpha is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The forcing strength alpha must lie in [0, 1].");
        Alpha = alpha;
    }

    /// <summary>alpha: 1 is classical teacher forcing, 0 none.</summary>
    public double Alpha { get; }

    /// <inheritdoc/>
    public override double Strength(int t) => Alpha;
}
