namespace Attractor.Runs;

/// <summary>What a readout sees of the states of a reservoir.</summary>
public enum ReadoutStates
{
    /// <summary>The states.</summary>
    States,

    /// <summary>The states, every second one squared.</summary>
    Squares,
}
