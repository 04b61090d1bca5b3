namespace Attractor.Dynamics;

/// <summary>How the divergence of neighbours is followed.</summary>
public sealed record DivergenceOptions
{
    /// <summary>
    /// m, for a recording of one variable; a recording of several is taken as it is. Null for the choice of <see cref="CaoEmbedding"/>.
    /// </summary>
    public int? EmbeddingDimension { get; init; }

    /// <summary>tau in rows, for a recording of one variable; null for the first minimum of the mutual information.</summary>
    public int? Delay { get; init; }

    /// <summary>Neighbours must be more than this many rows apart in time; null for the mean period.</summary>
    public int? TheilerWindow { get; init; }

    /// <summary>Rows to follow a pair for; null for five Theiler windows, and at least 30.</summary>
    public int? Steps { get; init; }

    /// <summary>The rows to fit the line to, first and last; null for the automatic choice.</summary>
    public (int From, int To)? Region { get; init; }
}
