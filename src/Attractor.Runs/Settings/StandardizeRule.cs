namespace Attractor.Runs;

/// <summary>Whether a model standardises its data inside.</summary>
public enum StandardizeRule
{
    /// <summary>Unless they are of order one already: <see cref="Attractor.Data.Standardization.IsNearIdentity"/>.</summary>
    Auto,

    /// <summary>Yes.</summary>
    Yes,

    /// <summary>No: what it takes in and gives are the data as they are.</summary>
    No,
}
