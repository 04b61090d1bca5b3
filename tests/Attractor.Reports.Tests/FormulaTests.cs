using System.Xml.Linq;

namespace Attractor.Reports.Tests;

/// <summary>Formulas become MathML that is well-formed and has the structure that the notation says.</summary>
public sealed class FormulaTests
{
    [Theory]
    [InlineData(@"\frac{a}{b}", "mfrac")]
    [InlineData(@"\sqrt{2 \pi N}", "msqrt")]
    [InlineData(@"x_n^2", "msubsup")]
    [InlineData(@"x_n", "msub")]
    [InlineData(@"x^{-1}", "msup")]
    [InlineData(@"\sum_{n=1}^{N} x_n", "munderover")]
    [InlineData(@"\lim_{T \to \infty} T", "munder")]
    [InlineData(@"\int_0^{\infty} e^{-t} \, d t", "msubsup")]
    [InlineData(@"\hat{x}", "mover")]
    [InlineData(@"\text{if } x", "mtext")]
    public void A_notation_has_its_element(string source, string element) => Assert.NotEmpty(Math(source).Descendants(element));

    [Fact]
    public void A_fraction_has_its_parts_in_order()
    {
        XElement fraction = Math(@"\frac{D}{2 N}").Descendants("mfrac").Single();
        Assert.Equal(["D", "2N"], fraction.Elements().Select(e => e.Value));
    }

    [Fact]
    public void Primes_and_powers_stand_together()
        => Assert.Equal("f\u20332".Replace("\u2033", "\u2032\u2032"), Math(@"f''^2").Descendants("msup").Single().Value);

    [Fact]
    public void Brackets_of_left_and_right_stretch_and_others_do_not()
    {
        Assert.All(Math(@"\left( \frac{a}{b} \right)").Descendants("mo"), o => Assert.Equal("true", o.Attribute("stretchy")!.Value));
        Assert.All(Math("(a)").Descendants("mo"), o => Assert.Equal("false", o.Attribute("stretchy")!.Value));
    }

    [Theory]
    [InlineData(@"\left\| x \right\|", "\u2016x\u2016")]
    [InlineData(@"\left. x \right|", "x|")]
    [InlineData(@"\left\{ x \right\}", "{x}")]
    public void Brackets_may_be_of_any_kind(string source, string text) => Assert.Equal(text, Math(source).Value);

    [Theory]
    [InlineData("a < b & c")]
    [InlineData(@"\text{<script>}")]
    public void Nothing_in_a_formula_becomes_markup(string source)
        => Assert.DoesNotContain("<script>", new Report("t", "s", [new("h", [new Formula(source)])]).ToHtml().Split("<h2>h</h2>")[1]
            .Split("</section>")[0], StringComparison.Ordinal);

    [Theory]
    [InlineData(@"\nonsense", @"\nonsense is not known")]
    [InlineData(@"\frac{a}", "something is missing at its end")]
    [InlineData(@"{a", "'}' is missing")]
    [InlineData(@"\left( a", @"'\right' is missing")]
    [InlineData(@"\text a", "words stand in braces")]
    public void What_is_not_known_or_not_closed_is_said(string source, string words)
        => Assert.Contains(words, Assert.Throws<ArgumentException>(() => MathMarkup.Of(source)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_comparison_says_each_reason_once_and_escapes_all()
    {
        ComparisonTable table = new([new("a", "<1>", "2", "1", "as it is"), new("b", "1", "2", "1", "as it is")]);
        string html = new Report("t", "s", [new("h", [table])]).ToHtml();
        Assert.Contains("&lt;1&gt;", html, StringComparison.Ordinal);
        Assert.Equal(2, html.Split(">as it is<").Length);
        Assert.Contains(">as above<", html, StringComparison.Ordinal);
    }

    private static XElement Math(string source) => XElement.Parse(MathMarkup.Of(source));
}
