namespace Attractor.Learning;

/// <summary>What to do with missing values (NaN) in the data.</summary>
public enum MissingValues
{
    /// <summary>Refuse data that holds any.</summary>
    Reject,

    /// <summary>Train on windows that hold none.</summary>
    Skip,
}
