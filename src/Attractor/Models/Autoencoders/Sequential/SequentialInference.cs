namespace Attractor.Models;

/// <summary>How the posterior of the latent variables in time factorises.</summary>
public enum SequentialInference
{
    /// <summary>q(z_t | x_{1:t}): independent given the data, which an encoder reads forward in time. All z_t are drawn at once.</summary>
    Filtering,

    /// <summary>
    /// q(z_t | z_{t-1}, x_{t:T}): the factorisation of the true posterior of a Markov chain, by an encoder that reads backward in time;
    /// drawn one after the other.
    /// </summary>
    Smoothing,

    /// <summary>
    /// The same factorisation, about the prediction of the transition: the mean is F(z_{t-1}) and a correction by what the encoder has
    /// read, as in a Kalman smoother. What is learnt of the dynamics serves prior and posterior alike, so that little process noise has to
    /// make up for what a posterior cannot follow. Needs a transition.
    /// </summary>
    Correcting,
}
