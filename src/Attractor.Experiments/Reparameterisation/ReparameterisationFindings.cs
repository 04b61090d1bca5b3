using System.Globalization;
using Attractor.Reports;

namespace Attractor.Experiments;

/// <summary>What the documents say of gradients through sampling, beside what is measured.</summary>
internal static class ReparameterisationFindings
{
    private const string Landing = "sticking the landing", Total = "total derivative";

    public static ExperimentFindings Of(ReparameterisationResult result, ReparameterisationSettings settings)
    {
        ApproachToPosterior.Point nearest = result.Approach.MinBy(p => p.Distance)!, farthest = result.Approach.MaxBy(p => p.Distance)!;
        WidthOfApproximation.Point narrow = result.Widths.MinBy(w => w.Width)!;
        SamplerComparison exponential = result.Samplers.First(s => s.Name.StartsWith("exponential", StringComparison.Ordinal));
        return new()
        {
            Verdict = IsAsDocumented(result)
                ? "The documents are right: both ways of drawing give one distribution, the expected score is 0, leaving the score out "
                    + "makes the variance vanish at the posterior, and the score can be a control variate. What they leave out: where q is "
                    + "much narrower than the posterior, leaving the score out is the worse choice."
                : "A mean lies far from its gradient, or two samples that should be alike are not: see the tables.",
            Comparisons =
            [
                new(
                    "expected score",
                    ComparedValue.Number(0),
                    ComparedValue.Number(ExpectedScore(nearest), "G3"),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Measured over {settings.Estimates:N0} samples; all of them are 0 within {result.LargestExpectedScore:F1} "
                        + $"standard errors.")),
                new(
                    Invariant($"variance of sticking the landing at distance {nearest.Distance}"),
                    nearest.Distance == 0 ? ComparedValue.Number(0) : ComparedValue.None,
                    Variance(nearest, Landing),
                    "As the documents say it approaches 0 with the square of the distance: at the posterior the path derivative is 0 for "
                    + "every sample."),
                new(
                    Invariant($"variance of the total derivative at distance {nearest.Distance}"),
                    ComparedValue.None,
                    Variance(nearest, Total),
                    "What the score costs at the posterior: it stays."),
                new(
                    Invariant($"variance of sticking the landing over that of the total derivative, s / t = {narrow.Width}"),
                    ComparedValue.Words("may be above 1"),
                    ComparedValue.Number(narrow.Landing.Variance[1] / narrow.Total.Variance[1], "G4"),
                    "The document says that the score \"may\" act as a control variate: it does below s^2 = t^2 / 2, exactly there."),
                new(
                    Invariant($"exponential, lambda = {settings.Lambda}, N = {settings.Samples:N0}: p-value of direct against ")
                        + "-log(1 - u) / lambda",
                    ComparedValue.Words("histograms alike"),
                    ComparedValue.Number(exponential.Tests[0].Test.PValue, "G3"),
                    "A test in place of an eye; any p-value is as likely as any other if both are of one distribution."),
                .. result.Categoricals.Where(c => !c.IsControl).Select(c => new Comparison(
                    Invariant($"a = {settings.ProbabilitiesText}: parts of {settings.Samples:N0} draws by {c.Name}"),
                    ComparedValue.List(settings.Probabilities, "G3"),
                    ComparedValue.List(c.Shares.Reparameterised, "G4"),
                    Invariant($"A chi-squared test against direct draws gives p = {c.Tests[0].Test.PValue:G3}."))),
                new(
                    "largest distance of a mean from the exact gradient, in standard errors",
                    ComparedValue.None,
                    ComparedValue.Number(result.LargestScore, "F1"),
                    Invariant($"Of {result.Means} means: every estimator is unbiased.")),
            ],
            Answers =
            [
                ("What is the expected score?", "0, whatever q is: the integral of a density is 1, and the derivative of 1 is 0. Measured: "
                    + string.Create(
                        CultureInfo.InvariantCulture,
                        $"{ExpectedScore(nearest):G2} with a standard error of {nearest.Score.MeanError[1]:G2}, of single scores with a "
                        + $"variance of {nearest.Score.Variance[1]:F2}.")),
                ("How is the score function handled?", string.Create(
                    CultureInfo.InvariantCulture,
                    $"Left out (sticking the landing), the estimator is unbiased all the same, and its variance goes from "
                    + $"{Number(farthest, Landing):G3} at distance {farthest.Distance} to {Number(nearest, Landing):G3} at "
                    + $"{nearest.Distance}; the total derivative's from {Number(farthest, Total):G3} to {Number(nearest, Total):G3}.")),
                ("When does the score lower the variance, and what is it then called?", "A control variate: where q is narrow, s^2 < t^2 / "
                    + "2. The best multiple of it is 1 - s^2 / t^2."),
                ("How is a categorical variable reparameterised?", Invariant(
                    $"By the largest of logits plus Gumbel noise, exactly; by their softmax at temperature {settings.Temperature} nearly: ")
                    + "its components are no probabilities of classes, but their largest falls as it should."),
            ],
        };
    }

    public static Derivation Derivation { get; } = new(
    [
        ("The gradient of an expectation, when the distribution itself depends on the parameters, is not the expectation of a gradient. "
            + "With the sample a function of noise that does not depend on them, it is:", @"z = t(\epsilon, \phi), \quad \nabla_\phi "
            + @"E_{q_\phi}[f(z)] = E_\epsilon \left[ \nabla_\phi f(t(\epsilon, \phi)) \right]"),
        ("Gaussian, exponential and categorical:",
            @"z = \mu + \sigma \epsilon, \quad z = -\frac{1}{\lambda} \log (1 - u), \quad z = \argmax_k \left( \log a_k - \log (-\log u_k) "
            + @"\right)"),
        ("The total derivative of one sample of the bound has two parts, the path and the score:",
            @"\nabla_\phi [ \log p(x, z) - \log q_\phi(z) ] = \nabla_z [ \log p(x, z) - \log q_\phi(z) ] \, \nabla_\phi t(\epsilon, \phi) "
            + @"- \nabla_\phi \log q_\phi(z)"),
        ("The expectation of the second is zero:",
            @"E_q [ \nabla_\phi \log q_\phi ] = \int q_\phi \frac{\nabla_\phi q_\phi}{q_\phi} \, d z = \nabla_\phi \int q_\phi \, d z = "
            + @"\nabla_\phi 1 = 0"),
        ("Where q is the posterior, log p(x, z) - log q(z) = log p(x) for every z, so that its derivative by z, and with it the path "
            + "derivative of every sample, is 0: no variance. The score keeps its own.", @"q = p(z | x) \quad \to \quad \nabla_z [ \log "
            + @"p(x, z) - \log q(z) ] = \nabla_z \log p(x) = 0"),
        ("Any multiple of the score may be taken off. For a Gaussian q of variance s^2 and a posterior of variance t^2 the variance of the "
            + "derivative by log s is", @"\var = B^2 + 2 \left( 1 - \frac{s^2}{t^2} - c \right)^2"),
        ("with c = 0 for sticking the landing and c = 1 for the total derivative: the first is the lower one where s^2 > t^2 / 2.", null),
    ]);

    // Of some hundred means one is four standard errors away once in a hundred runs.
    private static bool IsAsDocumented(ReparameterisationResult result)
        => result.LargestScore < 4.5 && result.LargestExpectedScore < 4.5
            && result.Samplers.Where(s => !s.IsControl).SelectMany(s => s.Tests)
                .Concat(result.Categoricals.Where(c => !c.IsControl).SelectMany(c => c.Tests)).All(t => t.Test.PValue > 1e-4);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    // By log s.
    private static double ExpectedScore(ApproachToPosterior.Point point) => point.Score.Mean[1];

    private static double Number(ApproachToPosterior.Point point, string estimator)
        => point.Lines.First(l => l.Measured.Name == estimator).Measured.Variance[1];

    private static ComparedValue Variance(ApproachToPosterior.Point point, string estimator)
        => ComparedValue.Number(Number(point, estimator), "G4");
}
