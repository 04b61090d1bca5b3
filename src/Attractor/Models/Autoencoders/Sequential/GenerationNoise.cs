namespace Attractor.Models;

/// <summary>What is random in a generated sequence.</summary>
public enum GenerationNoise
{
    /// <summary>Latent variables and observations are drawn: a sample of the model.</summary>
    Full,

    /// <summary>Latent variables are drawn, of the observations one gets the means.</summary>
    Latent,

    /// <summary>Nothing but the first state, if it is not given: an orbit of the transition's mean.</summary>
    None,
}
