namespace Attractor.Models;

/// <summary>p(x | z) of one observed variable, given the decoder's output for it.</summary>
public enum Observation
{
    /// <summary>x is 0 or 1 (a grey x in between is taken as its own expectation); the decoder gives the logit.</summary>
    Bernoulli,

    /// <summary>x is real; the decoder gives the mean, the variance of each variable is a parameter.</summary>
    Gaussian,

    /// <summary>x is real; the decoder gives the mean, one variance for all variables is a parameter.</summary>
    IsotropicGaussian,

    /// <summary>x is a count; the decoder gives the logarithm of the rate.</summary>
    Poisson,

    /// <summary>x is a count that varies more than Poisson's; the decoder gives the logarithm of the mean.</summary>
    NegativeBinomial,
}
