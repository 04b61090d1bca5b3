namespace Attractor.Runs;

/// <summary>How the observed variables are read out of the state of a network.</summary>
public enum StateObservation
{
    /// <summary>They are its first units.</summary>
    Identity,

    /// <summary>They are an affine map of all of its units, which may be fewer.</summary>
    Affine,
}
