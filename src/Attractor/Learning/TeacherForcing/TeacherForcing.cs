namespace Attractor.Learning;

/// <summary>
/// How strongly the data replaces the observed units before each step: z~ = (1 - s) z + s x, with s in [0, 1] by step.
/// </summary>
public abstract record TeacherForcing
{
    /// <summary>Strength s at step <paramref name="t"/> of a window (t = 0 is the first).</summary>
    public abstract double Strength(int t);

    /// <summary>
    /// Sparse teacher forcing: s = 1 every <paramref name="interval"/> steps, t = 0 included (Mikhaeil et al., NeurIPS 2022).
    /// </summary>
    public static TeacherForcing Sparse(int interval) => new SparseTeacherForcing(interval);

    /// <summary>Generalised teacher forcing: s = <paramref name="alpha"/> at every step (Hess et al., ICML 2023).</summary>
    public static TeacherForcing Generalized(double alpha) => new GeneralizedTeacherForcing(alpha);

    /// <summary>Adaptive generalised teacher forcing: alpha follows the Jacobians of the network (Hess et al., ICML 2023).</summary>
    public static TeacherForcing Adaptive(AdaptiveForcingRule rule = AdaptiveForcingRule.ProductUpperBound)
        => new AdaptiveTeacherForcing(rule);
}
