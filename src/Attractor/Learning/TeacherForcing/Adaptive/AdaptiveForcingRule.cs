namespace Attractor.Learning;

/// <summary>
/// How adaptive forcing takes one growth n a step from the Jacobians J_t of a network at the data of the S windows of a batch
/// (Hess, Monfared, Brenner, Durstewitz, ICML 2023). Norms are spectral.
/// </summary>
public enum AdaptiveForcingRule
{
    /// <summary>n = max_s exp(mean_t ln ||J_t||).</summary>
    ProductUpperBound,

    /// <summary>n = max_s ||mean_t J_t||.</summary>
    ArithmeticMean,

    /// <summary>n = max_s ||exp(mean_t log J_t)||, with the principal logarithm of a matrix.</summary>
    ExplogApprox,

    /// <summary>n = max_{s,t} ||J_t||.</summary>
    BatchMaximum,

    /// <summary>n = a bound on ||J|| over all states, such as max_i |A_ii| + ||W1|| ||W2||; no data are needed.</summary>
    JacobianUpperBound,

    /// <summary>The strength stays as it is.</summary>
    Constant,
}
