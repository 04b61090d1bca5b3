namespace Attractor.Reports;

/// <summary>A sheet that figures are drawn on, in pixels of the page; colours are names of the style sheet or of CSS.</summary>
internal interface IDrawing
{
    /// <summary>A filled rectangle.</summary>
    void Rectangle(double x, double y, double width, double height, string color);

    /// <summary>A line.</summary>
    void Line(double x1, double y1, double x2, double y2, string color, double width = 1, bool dashed = false);

    /// <summary>A text as markup; superscripts are kept, other markup is what it stands for.</summary>
    /// <param name="x">Where its anchor lies.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="text">The markup.</param>
    /// <param name="anchor">What lies at x: <c>start</c>, <c>middle</c> or <c>end</c>.</param>
    /// <param name="color">Its colour.</param>
    /// <param name="turn">Degrees clockwise about the anchor.</param>
    /// <param name="size">Height of the letters.</param>
    void Text(double x, double y, string text, string anchor = "middle", string color = "--text", double turn = 0, double size = 12);

    /// <summary>Stretches of a line between gaps, which are points that are not finite.</summary>
    void Path(
        IReadOnlyList<(double X, double Y)> points,
        string stroke,
        double width,
        string? fill = null,
        double filled = 1,
        bool dashed = false,
        double opacity = 1);

    /// <summary>A symbol by plotly's name for it.</summary>
    void Symbol(double x, double y, double size, string? symbol, string color, string? outline);

    /// <summary>What is drawn until <see cref="EndPlot"/> is cut off at a rectangle.</summary>
    void BeginPlot(double x, double y, double width, double height);

    /// <summary>Ends what <see cref="BeginPlot"/> began.</summary>
    void EndPlot();
}
