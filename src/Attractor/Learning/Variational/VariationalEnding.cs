namespace Attractor.Learning;

/// <summary>How a fit ended.</summary>
public enum VariationalEnding
{
    /// <summary>Neither the bound nor the parameters moved any more as the learning rate fell.</summary>
    Converged,

    /// <summary>The steps were used up first: take more, or begin with a higher rate.</summary>
    OutOfSteps,

    /// <summary>The log joint or its gradient was not finite: begin with a smaller scale or elsewhere, or look for a hole in the density.</summary>
    Diverged,
}
