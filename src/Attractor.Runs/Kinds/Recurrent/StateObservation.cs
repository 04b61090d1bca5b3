namespace Attractor.Runs;

/// <summary>How the observed variables are read out of the state of a network.</summary>
public enum StateObservation
{
    /// <summary>They are its first units.</summary>
    Identity,

    /// <summary>They are an affine map of all of its units, which may be fewer.</summary>
    Affine,

    /// <summary>They are counts, of rates that are exponentials of an affine map.</summary>
    Poisson,

    /// <summary>They are counts that vary more than that.</summary>
    NegativeBinomial,

    /// <summary>They are 0 or 1.</summary>
    Bernoulli,

    /// <summary>They are ordered levels from 1 on.</summary>
    Ordinal,

    /// <summary>They are categories from 1 on, without an order.</summary>
    Categorical,
}
