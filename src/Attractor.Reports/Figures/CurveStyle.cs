namespace Attractor.Reports;

/// <summary>How the points of a curve are drawn.</summary>
public enum CurveStyle
{
    /// <summary>Joined by lines.</summary>
    Lines,

    /// <summary>Each as a dot.</summary>
    Dots,

    /// <summary>Both.</summary>
    LinesAndDots,
}
