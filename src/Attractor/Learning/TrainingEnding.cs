namespace Attractor.Learning;

/// <summary>How a training ended.</summary>
public enum TrainingEnding
{
    /// <summary>All updates were done.</summary>
    Completed,

    /// <summary>Cancelled; the state goes on from where it stopped.</summary>
    Cancelled,

    /// <summary>Too many non-finite losses or parameters: the last good state is kept.</summary>
    Diverged,

    /// <summary>All sweeps were done before the fit converged: the result is kept.</summary>
    NotConverged,
}
