using System.Globalization;
using Attractor.Reports;

namespace Attractor.Experiments;

/// <summary>The page of the experiment.</summary>
internal static class ReparameterisationReport
{
    public static IReadOnlyList<Section> Of(ReparameterisationResult result, ReparameterisationSettings settings) =>
        [
            new("One gradient, every estimator", [
                new Paragraph(
                    "The derivative with respect to log s of one bound, estimated in every way, as q approaches the posterior from left to "
                    + "right: the mean with its standard error in units of the last digit, and the variance for each sample."),
                VarianceTables.All(result),
            ]),
            new("Direct and via reparameterisation",
            [
                new Paragraph(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The first {result.Samplers[0].Tests[0].Size:N0} samples of each, over the exact density. Eyes deceive: beside the "
                    + $"histograms stands a test of the hypothesis that both samples are of one distribution, at that size and at "
                    + $"{result.Samplers[0].Tests[^1].Size:N0}. The direct samplers are other algorithms, not the same formula with other "
                    + $"noise; two rows are wrong on purpose, to show that the tests see it.")),
                .. SamplerFigures.Histograms(result.Samplers),
                new Row([SamplerFigures.Categories(result.Categoricals, settings), SamplerFigures.Components(result.Relaxed)]),
                SamplerFigures.Tests(result.Samplers),
                SamplerFigures.Tests(result.Categoricals),
                new Paragraph(
                    "Two samples of one distribution give any p-value with equal probability: of a dozen one is below 0.08, on average."),
                SamplerFigures.Relaxation(result.Relaxed, settings),
            ]),
            new("As q approaches the posterior", ApproachSection(result)),
            new("Where sticking the landing is the worse one",
            [
                new Paragraph(
                    "Near the posterior the score is noise and leaving it out is right. Where q is narrow, s^2 < t^2 / 2, it is a control "
                    + "variate that takes off more variance than it adds. The best multiple of it is c = 1 - s^2 / t^2 for both "
                    + "derivatives: 0 is sticking the landing, 1 the total derivative. Here mu = m + 0.1 t; the last column is the "
                    + "variance that the best multiple leaves to the derivative with respect to log s."),
                new Row([VarianceFigures.Width(result.Widths, 0), VarianceFigures.Width(result.Widths, 1)]),
                VarianceTables.Widths(result.Widths),
            ]),
            new("Discrete variables: bias against variance",
            [
                new Paragraph(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The gradient of E[f] with respect to the logits of a categorical q with a = {settings.ProbabilitiesText} and f(z) = "
                    + $"(w . z)^2, w = [{List(settings.WeightsOfClasses)}]; exactly, by enumeration, it is "
                    + $"({List(result.Discrete[0].Exact)}). Lengths and variances are "
                    + $"over all logits together.")),
                VarianceFigures.Trade(result),
                VarianceTables.Discrete(result),
            ]),
        ];

    private static string List(IEnumerable<double> values)
        => string.Join(", ", values.Select(v => v.ToString("G4", CultureInfo.InvariantCulture)));

    private static List<Element> ApproachSection(ReparameterisationResult result)
    {
        List<Element> elements =
        [
            new Paragraph(string.Create(
                CultureInfo.InvariantCulture,
                $"q = N(mu, s^2), posterior N(m, t^2) with m = {GaussianPosterior.PosteriorMean}, t = {GaussianPosterior.PosteriorScale}, "
                + $"along mu = m + delta t, s = t (1 + delta / 2); derivatives of the evidence lower bound with respect to mu and log s. "
                + $"log p(x) = {GaussianPosterior.LogEvidence}: with log p(x) = 0 the plain score function would lose its variance at the "
                + $"posterior by accident.")),
            new Paragraph(
                "Variances are for each sample: those of estimates from n samples are multiplied by n. The closed form of the two "
                + "estimators whose baseline or multiple is itself estimated (marked >) is that of infinitely many samples, which n = 10 "
                + "pays something over."),
            VarianceFigures.Approach(result.Approach, 0),
            VarianceFigures.Approach(result.Approach, 1),
            new Paragraph(string.Create(
                CultureInfo.InvariantCulture,
                $"The mean of every estimator is the gradient: of {result.Means} means the farthest lies {result.LargestScore:F1} standard "
                + $"errors away. The expected score is 0 within {result.LargestExpectedScore:F1} standard errors. At the posterior the "
                + $"integrand log p - log q is a constant, so that any baseline leaves the score function nothing either.")),
        ];
        foreach (ApproachToPosterior.Point point in result.Approach)
        {
            elements.Add(new Paragraph(string.Create(
                CultureInfo.InvariantCulture,
                $"delta = {point.Distance}: mu = {point.Problem.Mean}, s = {point.Problem.Scale}; exact gradient "
                + $"{point.Problem.Gradient[0]:G6} with respect to mu, {point.Problem.Gradient[1]:G6} with respect to log s")));
            elements.Add(VarianceTables.Approach(point));
        }
        return elements;
    }
}
