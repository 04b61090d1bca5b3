namespace Attractor.Learning;

/// <summary>How the derivatives that equations are fitted to come out of data.</summary>
public enum DerivativeRule
{
    /// <summary>
    /// None are taken: the equations are multiplied by test functions of compact support and integrated by parts, so that the derivative
    /// falls on the test functions. Stands noise.
    /// </summary>
    Weak,

    /// <summary>Central differences of order 6: of data that are sampled finely and without noise.</summary>
    Differences,
}
