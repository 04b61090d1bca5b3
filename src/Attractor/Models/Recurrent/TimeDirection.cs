namespace Attractor.Models;

/// <summary>Which way a recurrence goes through a sequence.</summary>
public enum TimeDirection
{
    /// <summary>From the first step on: the state at t knows x_1 .. x_t.</summary>
    Forward,

    /// <summary>From the last step back: the state at t knows x_t .. x_T.</summary>
    Backward,
}
