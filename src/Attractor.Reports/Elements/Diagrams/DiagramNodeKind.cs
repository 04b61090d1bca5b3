namespace Attractor.Reports;

/// <summary>What a variable of a graphical model is, and with it how it is drawn.</summary>
public enum DiagramNodeKind
{
    /// <summary>Inferred: an open circle.</summary>
    Latent,

    /// <summary>In the data: a shaded circle.</summary>
    Observed,

    /// <summary>Chosen beforehand: a dot with its symbol beside it.</summary>
    Fixed,
}
