namespace Attractor.Runs;

/// <summary>What the units of a network that are not observed begin a free run with.</summary>
public enum LatentStart
{
    /// <summary>What the network has learnt that they are, given what is observed.</summary>
    Learnt,

    /// <summary>Zero.</summary>
    Zero,
}
