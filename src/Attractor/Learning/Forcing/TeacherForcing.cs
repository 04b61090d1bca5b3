namespace Attractor.Learning.Forcing;

/// <summary>
/// How strongly the data replaces the observed units before each step: z~ = (1 - s) z + s x, with s in [0, 1] by step.
/// </summary>
public abstract record TeacherForcing
{
    /// <summary>Strength s at step <paramref name="t"/> of a window (t = 0 is the first).</summary>
    public abstract double Strength(int t);

    /// <summary>Sparse teacher forcing: s = 1 every <paramref name="interval"/> steps, t = 0 included (Mikhaeil et al., NeurIPS 2022).</summary>
    public static TeacherForcing Sparse(int interval) => new SparseTeacherForcing(interval);

    /// <summary>Generalised teacher forcing: s = <paramref name="alpha"/> at every step (Hess et al., ICML 2023).</summary>
    public static TeacherForcing Generalized(double alpha) => new GeneralizedTeacherForcing(alpha);
}

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
