namespace Attractor.Models;

/// <summary>What a reservoir unit makes of its input.</summary>
public enum Activation
{
    /// <summary>tanh: the echo state network.</summary>
    Tanh,

    /// <summary>The input itself: a linear reservoir, whose memory is known in closed form.</summary>
    Identity,
}
