namespace Attractor.Learning;

/// <summary>How the ridge lambda is chosen.</summary>
public enum RidgeSelection
{
    /// <summary>It is given.</summary>
    Fixed,

    /// <summary>By generalised cross-validation on the training samples.</summary>
    GeneralizedCrossValidation,

    /// <summary>By the error on samples at the end of each series, which the choice does not see; the fit then uses all.</summary>
    Validation,
}
