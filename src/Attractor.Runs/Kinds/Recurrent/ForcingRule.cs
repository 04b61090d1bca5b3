namespace Attractor.Runs;

/// <summary>How the data guide the states of a network while it learns.</summary>
public enum ForcingRule
{
    /// <summary>Generalised teacher forcing.</summary>
    Gtf,

    /// <summary>Sparse teacher forcing.</summary>
    Stf,

    /// <summary>Not at all.</summary>
    None,
}
