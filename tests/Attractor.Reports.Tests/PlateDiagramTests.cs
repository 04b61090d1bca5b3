namespace Attractor.Reports.Tests;

/// <summary>Graphical models in plate notation: where each mark lies, by hand.</summary>
public sealed class PlateDiagramTests
{
    private static readonly DiagramNode s_rate = new("lambda_k", "a rate <of> a component", DiagramNodeKind.Latent, 0, 0),
        s_count = new("x_n", "the count of a row", DiagramNodeKind.Observed, 60, 80),
        s_shape = new("alpha", "a known shape", DiagramNodeKind.Fixed, 0, -50);

    [Fact]
    public void An_arrow_goes_from_rim_to_rim()
    {
        // (60, 80) is 100 away in the direction (0.6, 0.8); a circle has a radius of 21, a dot of 4.
        Assert.Equal((12.6, 16.8, 47.4, 63.2), Rounded(PlateDiagram.Clip(s_rate, s_count)));
        Assert.Equal((47.4, 63.2, 12.6, 16.8), Rounded(PlateDiagram.Clip(s_count, s_rate)));
        Assert.Equal((0, -46, 0, -21), Rounded(PlateDiagram.Clip(s_shape, s_rate)));
    }

    [Fact]
    public void Circles_that_meet_have_no_arrow()
        => Assert.Contains("no room for an arrow", Assert.Throws<ArgumentException>(
            () => PlateDiagram.Clip(s_rate, s_count with { X = 30, Y = 29 })).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_node_edge_and_plate_is_drawn_where_it_is_said_to_be()
    {
        PlateDiagram diagram = new(
            "a <model>", "what it says", [s_rate, s_count, s_shape], [new(0, 1), new(2, 0)], [new("N", 20, 40, 80, 75)]);
        string html = new Report("t", "s", [new("h", [diagram])]).ToHtml();
        // Circles reach to -21 and 81, the dot with its symbol to 38 and up to -62, the plate to 100 and 115; 8 around all.
        foreach (string mark in (string[])
        [
            "viewBox=\"-29 -70 137 193\"",
            "<rect class=\"plate\" x=\"20\" y=\"40\" width=\"80\" height=\"75\"",
            "x=\"91\" y=\"107\"><tspan class=\"letter\">N</tspan>",
            "<circle class=\"latent\" cx=\"0\" cy=\"0\" r=\"21\"/>",
            "<circle class=\"observed\" cx=\"60\" cy=\"80\" r=\"21\"/>",
            "<circle class=\"fixed\" cx=\"0\" cy=\"-50\" r=\"4\"/><text text-anchor=\"start\" x=\"9\" y=\"-45\">",
            // The line ends 9 before the rim, where the head is 7.2 wide.
            "<path class=\"arrow\" d=\"M12.6 16.8L42 56\"/><path class=\"head\" d=\"M47.4 63.2L39.12 58.16L44.88 53.84Z\"/>",
            "<path class=\"arrow\" d=\"M0 -46L0 -30\"/><path class=\"head\" d=\"M0 -21L-3.6 -30L3.6 -30Z\"/>",
            "<dt><i>\u03bb</i><sub>k</sub></dt><dd>a rate &lt;of&gt; a component</dd>",
            "<h3>a &lt;model&gt;</h3>",
            "<figcaption>what it says</figcaption>",
        ])
            Assert.Contains(mark, html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_symbol_may_stand_on_the_left_of_its_dot_and_a_caption_be_missing()
    {
        PlateDiagram diagram = new("t", "", [s_shape with { SymbolOnTheLeft = true }], [], []);
        string html = new Report("t", "s", [new("h", [diagram])]).ToHtml();
        Assert.Contains("<text text-anchor=\"end\" x=\"-9\" y=\"-45\">", html, StringComparison.Ordinal);
        Assert.Contains("viewBox=\"-46 -70 58 40\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<figcaption>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mu", "\u03bc", "")]
    [InlineData("Sigma_k", "\u03a3", "k")]
    [InlineData("omega_n_theta", "\u03c9", "n \u03b8")]
    [InlineData("W", "W", "")]
    [InlineData("PI", "PI", "")]
    [InlineData("z_", "z", "")]
    public void Greek_letters_are_spelt(string symbol, string letter, string subscript)
        => Assert.Equal((letter, subscript), DiagramSymbol.Split(symbol));

    private static (double, double, double, double) Rounded((double A, double B, double C, double D) of)
        => (Math.Round(of.A, 9), Math.Round(of.B, 9), Math.Round(of.C, 9), Math.Round(of.D, 9));
}
