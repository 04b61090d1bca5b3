namespace Attractor.Learning;

/// <summary>Where coordinate ascent sets out from.</summary>
public enum MixtureStart
{
    /// <summary>
    /// Each row belongs to the nearest of K rows that were drawn far from each other (Arthur and Vassilvitskii, "k-means++", SODA 2007).
    /// </summary>
    KMeansPlusPlus,

    /// <summary>Responsibilities drawn uniformly from the simplex, for each row anew.</summary>
    Random,
}
