namespace Attractor.Reports.Tests;

public sealed class GradientReportTests
{
    [Fact]
    public void The_report_holds_each_curve_its_rate_and_the_exponent()
    {
        string html = new GradientReport
        {
            Title = "Gradients of <RUN>",
            Subtitle = "a network",
            Curves = [new("free", [1, 10, 100, 1000], Math.Log(10)), new("forced & calm", [1, 0.5, 0.25, 0.125], -Math.Log(2))],
            Exponent = 0.25,
            Commands = [("again", "attractor gradients RUN")],
        }.ToReport().ToHtml();
        Assert.Contains("Gradients of &lt;RUN&gt;", html, StringComparison.Ordinal);
        Assert.Contains("forced", html, StringComparison.Ordinal);
        Assert.Contains("attractor gradients RUN", html, StringComparison.Ordinal);
        foreach (string number in (string[])["2.3", "-0.69", "0.25"])
            Assert.Contains(number, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<RUN>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gradient_that_vanishes_or_explodes_leaves_a_report()
    {
        string html = new GradientReport
        {
            Title = "t",
            Subtitle = "s",
            Curves =
            [
                new("vanishing", [1, 1e-200, 0], double.NegativeInfinity), new("exploding", [1, 1e200, double.PositiveInfinity], 300)
            ],
        }.ToReport().ToHtml();
        Assert.Contains("vanishing", html, StringComparison.Ordinal);
        Assert.Contains("exploding", html, StringComparison.Ordinal);
    }
}
