namespace Attractor.Learning;

/// <summary>What to do with missing values (NaN) in the data.</summary>
public enum MissingValues
{
    /// <summary>Refuse data that holds any.</summary>
    Reject,

    /// <summary>Train on windows that hold none.</summary>
    Skip,

    /// <summary>
    /// Where a cell is missing the network's own prediction is forced in, and nothing is asked of it: z~ = z there, and no residual.
    /// Windows begin at complete rows.
    /// </summary>
    Model,
}
