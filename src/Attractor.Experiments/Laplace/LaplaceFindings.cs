using System.Globalization;
using Attractor.Reports;

namespace Attractor.Experiments;

/// <summary>What the document says of Laplace's method, beside what is found.</summary>
internal static class LaplaceFindings
{
    private const int MostRows = 4;

    public static ExperimentFindings Of(IReadOnlyList<FactorialRow> factorials, IReadOnlyList<LogisticPosterior> posteriors)
    {
        FactorialRow largest = factorials[^1], first = factorials[0];
        FactorialRow[] shown = [.. factorials.Where((_, i) => i % ((factorials.Count + MostRows - 1) / MostRows) == 0).Take(MostRows)];
        return new()
        {
            Verdict = "The document's method and its formula sqrt(2 pi N) e^(N (ln N - 1)) are right: the maximum and the curvature are "
                + "found where it says, and N! is missed by 1 / (12 N) of itself. Its last step, to sqrt(2 pi N) e^(N ln N), is wrong: it "
                + "drops the factor e^-N.",
            Comparisons =
            [
                .. shown.Select(r => new Comparison(
                    string.Create(CultureInfo.InvariantCulture, $"relative error of N! at N = {r.N:N0}"),
                    ComparedValue.Number(1 / (12 * r.N), "G4"),
                    ComparedValue.Number(r.RelativeError, "G6"),
                    "1 / (12 N) is the first term of Stirling's series; the rest of it is the difference.")),
                new(
                    string.Create(CultureInfo.InvariantCulture, $"maximum t0 of the exponent at N = {largest.N:N0}"),
                    ComparedValue.Number(largest.N, "G10"),
                    ComparedValue.Number(largest.Maximum, "G10"),
                    "Searched for numerically, not put in."),
                .. shown.Select(r => new Comparison(
                    string.Create(CultureInfo.InvariantCulture, $"ln N! by the document's formula, N = {r.N:N0}"),
                    ComparedValue.Number(r.Laplace, "G12"),
                    ComparedValue.Number(r.Exact, "G12"),
                    "Here the exact value; the formula is low by 1 / (12 N) nats.")),
                .. shown.Select(r => new Comparison(
                    string.Create(CultureInfo.InvariantCulture, $"ln N! by the document's last line, N = {r.N:N0}"),
                    ComparedValue.Number(r.LastLine, "G12"),
                    ComparedValue.Number(r.Exact, "G12"),
                    "A slip of the document: e^(N ln N) in place of e^(N ln N - N). The logarithm is off by N nats.")),
            ],
            Answers =
            [
                ("How good is the approximation?", string.Create(
                    CultureInfo.InvariantCulture,
                    $"Better than it has a right to be. At N = {first.N:N0} it misses N! by {100 * first.RelativeError:F1} %, at N = "
                    + $"{largest.N:N0} by {largest.RelativeError:0.0e0} of itself: the error falls as 1 / (12 N), as the exponent is "
                    + $"nearly a parabola where e to its power is not yet negligible, a region of relative width 1 / sqrt(N).")),
                ("What is it good for?", string.Create(
                    CultureInfo.InvariantCulture,
                    $"For the evidence of a posterior, which is such an integral. A logistic regression of {posteriors[0].Observations} "
                    + $"observations is off by {posteriors[0].Error:G2} nats, with {posteriors[^1].Observations:N0} by "
                    + $"{posteriors[^1].Error:G2}: as 1 / n.")),
            ],
        };
    }

    public static Derivation Derivation { get; } = new(
    [
        (
            "Near its maximum the exponent is a parabola, and what is far from it does not count once M is large:",
            @"f(x) \approx f(x_0) - \frac{1}{2} |f''(x_0)| (x - x_0)^2"),
        (
            "so that the integral is one over a Gaussian of variance 1 / (M |f''|):",
            @"\int e^{M f(x)} \, d x \approx e^{M f(x_0)} \sqrt{\frac{2 \pi}{M |f''(x_0)|}}"),
        (
            "For N! the exponent must not depend on N. With t = N u it does not:",
            @"N! = \int_0^{\infty} e^{N \ln t - t} \, d t = N^{N+1} \int_0^{\infty} e^{N (\ln u - u)} \, d u"),
        ("The maximum is at u = 1, where f = -1 and f'' = -1:",
            @"N! \approx N^{N+1} e^{-N} \sqrt{\frac{2 \pi}{N}} = \sqrt{2 \pi N} \, e^{N (\ln N - 1)}"),
        (
            "That is Stirling's formula, with its next term the error that is measured here:",
            @"\ln N! = N \ln N - N + \frac{1}{2} \ln (2 \pi N) + \frac{1}{12 N} - \dots"),
        (
            "In D dimensions |f''| becomes the determinant of the Hessian H of -log p, and the integral is the evidence:",
            @"\log p(x) \approx \log p(x, z_0) + \frac{D}{2} \log 2 \pi - \frac{1}{2} \log \det H"),
    ]);
}
