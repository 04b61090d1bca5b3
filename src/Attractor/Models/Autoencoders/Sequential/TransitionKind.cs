namespace Attractor.Models;

/// <summary>The prior of the latent variables in time.</summary>
public enum TransitionKind
{
    /// <summary>z_t ~ N(0, I), independent of each other: no dynamics.</summary>
    StandardNormal,

    /// <summary>z_t ~ N(A z_{t-1} + b, diag exp(log variance)).</summary>
    Linear,

    /// <summary>z_t ~ N(F(z_{t-1}), diag exp(log variance)), F a piecewise-linear recurrent network.</summary>
    Plrnn,

    /// <summary>The same, F a shallow piecewise-linear recurrent network.</summary>
    ShallowPlrnn,

    /// <summary>The same, F a clipped shallow piecewise-linear recurrent network: bounded where |A_ii| is below 1.</summary>
    ClippedShallowPlrnn,

    /// <summary>
    /// A gate between a linear and a nonlinear map, and a variance that depends on the state (Krishnan, Shalit, Sontag, AAAI 2017).
    /// </summary>
    Gated,
}
