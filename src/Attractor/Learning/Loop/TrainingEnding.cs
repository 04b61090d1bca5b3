namespace Attractor.Learning;

/// <summary>
/// How learning ended, whatever was learnt and by which method.
/// <see cref="TrainingEndings.Sentence"/> says it to a reader, with what to try.
/// </summary>
public enum TrainingEnding
{
    /// <summary>All that was asked for was done.</summary>
    Completed,

    /// <summary>Cancelled; the state goes on from where it stopped.</summary>
    Cancelled,

    /// <summary>Too many non-finite losses or parameters: the last good state is kept.</summary>
    Diverged,

    /// <summary>All sweeps or steps were done before the fit converged, or no way on was found: the result is kept.</summary>
    NotConverged,

    /// <summary>What was looked for was found.</summary>
    Converged,

    /// <summary>The steps were used up before convergence: the result is kept.</summary>
    OutOfSteps,

    /// <summary>
    /// The curvature at the mode of a posterior vanishes along a direction, to rounding: the data and the prior leave it open, or higher
    /// derivatives set its width.
    /// </summary>
    FlatDirection,

    /// <summary>The gradient vanishes where the density rises along a direction.</summary>
    Saddle,

    /// <summary>The density rises towards infinity, or towards the edge of where a latent variable lives.</summary>
    Unbounded,
}
