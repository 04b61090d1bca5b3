namespace Attractor.Runs;

/// <summary>How the ridge parameter of a readout is chosen.</summary>
public enum RidgeRule
{
    /// <summary>As it is given.</summary>
    Fixed,

    /// <summary>By generalised cross-validation.</summary>
    Gcv,

    /// <summary>On a part of the data that is kept back.</summary>
    Validation,
}
