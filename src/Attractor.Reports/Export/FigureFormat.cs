namespace Attractor.Reports;

/// <summary>The formats that a figure of a page is written in.</summary>
public enum FigureFormat
{
    /// <summary>Scalable Vector Graphics, whose text is set in the fonts of whoever looks.</summary>
    Svg,

    /// <summary>Portable Document Format: vectors too, with what it needs of its font inside, as journals ask.</summary>
    Pdf,

    /// <summary>Portable Network Graphics: pixels, 300 to an inch of paper, for slides and for pages that take no vectors.</summary>
    Png
}
