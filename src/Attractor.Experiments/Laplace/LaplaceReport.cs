using System.Globalization;
using Attractor.Reports;

namespace Attractor.Experiments;

/// <summary>The page of the experiment.</summary>
internal static class LaplaceReport
{
    public static IReadOnlyList<Section> Of(IReadOnlyList<FactorialRow> factorials, IReadOnlyList<LogisticPosterior> posteriors) =>
        [
            new("N! by its largest term",
            [
                new Paragraph(
                    "N! is the integral of e^(N ln t - t) over t above 0. The document takes f(t) = ln t - t / N, which depends on N; with "
                    + "t = N u it is N^(N + 1) times the integral of e^(N (ln u - u)), as the method wants it. The maximum is searched for "
                    + "numerically, and the curvature measured by extrapolated differences: t0 = N and -1 / N^2 are found, not put in. "
                    + "Laplace's method then gives Stirling's formula sqrt(2 pi N) e^(N (ln N - 1)), with a relative error of about "
                    + "1 / 12 N."),
                Errors(factorials),
                Table(factorials),
                new Paragraph(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Errors are relative. The maxima found differ from N by {factorials.Max(r => Math.Abs((r.Maximum / r.N) - 1)):0e0} of "
                    + $"it at most, the curvatures from -1 / N^2 by {factorials.Max(r => Math.Abs(r.Integral.Curvature + 1)):0e0}. The "
                    + $"bound is 1 / (12 N ln N!). The logarithms themselves are rounded, at N = 10^6 to 2e-9; the errors are those of the "
                    + $"integral over u, which is not. Of ln 1! = 0 there is no relative error.")),
                new Paragraph(
                    "The document's last step goes on to sqrt(2 pi N) e^(N ln N). That drops the factor e^-N: the last column says by how "
                    + "many nats its logarithm is off, which is N but for 1 / 12 N. Its logarithm is right to leading order, N ln N, with "
                    + "a relative error of about 1 / ln N; N! itself is missed by a factor e^N."),
            ]),
            new("A posterior in two dimensions",
            [
                new Paragraph(
                    "Twenty labels, logistic regression with an intercept and a slope, prior N(0, 2^2) each. Mode by a quasi-Newton "
                    + "method, curvature from the tape's gradients; log evidence = log p(x, z0) + D/2 log 2 pi - 1/2 log |H|. Beside it "
                    + "the same integral by importance sampling from the Gaussian found, by Gauss-Legendre quadrature with 300 x 300 "
                    + "nodes, and the bound of black-box variational inference, which is below it."),
                Evidence(posteriors[0]),
                new Paragraph(posteriors[0].Laplace.Summary),
                Convergence(posteriors),
                Repeats(posteriors),
            ]),
        ];

    private static LineFigure Errors(IReadOnlyList<FactorialRow> rows)
    {
        double[] n = [.. rows.Select(r => r.N)];
        return new(
            "Relative error of N!", "Dots: one minus Laplace's approximation over N!. Line: 1 / 12 N.", "N", "relative error",
            [
                new("Laplace's method", "--generated", n, [.. rows.Select(r => r.RelativeError)]) { Style = CurveStyle.Dots, Size = 8 },
                new("1 / 12 N", "--true", n, [.. n.Select(x => 1 / (12 * x))]),
            ])
        {
            LogX = true,
            LogY = true,
            Height = 360,
        };
    }

    private static TableElement Table(IReadOnlyList<FactorialRow> rows) => new(
        ["N#", "ln N!#", "by Laplace#", "error of N!#", "1 / 12 N#", "error of ln N!#", "bound#", "last line off by#"],
        [.. rows.Select(r => (string[])
        [
            Number("N0", r.N),
            Number("G12", r.Exact),
            Number("G12", r.Laplace),
            Short(r.RelativeError),
            Short(1 / (12 * r.N)),
            Short(r.LogRelativeError),
            Short(r.Bound),
            Number("G8", r.LastLineError),
        ])]);

    private static TableElement Evidence(LogisticPosterior p) => new(
        ["log evidence by", "nats#", "standard error#", "off by#"],
        [
            ["quadrature", Number("F6", p.LogEvidence), "", ""],
            ["Laplace's method", Number("F6", p.Laplace.LogEvidence), "", Number("F6", p.Laplace.LogEvidence - p.LogEvidence)],
            [
                "importance sampling from it",
                Number("F6", p.Laplace.ImportanceLogEvidence),
                Number("F6", p.Laplace.ImportanceStandardError),
                Number("F6", p.Laplace.ImportanceLogEvidence - p.LogEvidence)
            ],
            .. p.Variational is { } v ? (string[][])[[
                "variational inference (a lower bound)",
                Number("F6", v.Bound),
                Number("F6", v.BoundStandardError),
                Number("F6", v.Bound - p.LogEvidence)
            ]] : [],
        ]);

    private static LineFigure Convergence(IReadOnlyList<LogisticPosterior> posteriors)
    {
        double[] n = [.. posteriors.Select(p => (double)p.Observations)];
        return new(
            "Error of the log evidence over the number of observations",
            "The twenty observations, each repeated. Dots: quadrature minus Laplace. Line: 1 / n through the last of them.",
            "n",
            "nats",
            [
                new("Laplace's method", "--generated", n, [.. posteriors.Select(p => p.Error)]) { Style = CurveStyle.Dots, Size = 8 },
                new("1 / n", "--true", n, [.. n.Select(x => posteriors[^1].Error * n[^1] / x)]),
            ])
        {
            LogX = true,
            LogY = true,
            XTicks = n,
            Height = 320,
        };
    }

    private static TableElement Repeats(IReadOnlyList<LogisticPosterior> posteriors) => new(
        ["n#", "quadrature#", "Laplace#", "error#", "importance sampling#", "standard error#", "Pareto k-hat#"],
        [.. posteriors.Select(p => (string[])
        [
            Number("N0", p.Observations), Number("F6", p.LogEvidence), Number("F6", p.Laplace.LogEvidence), Short(p.Error), Number(
                "F6", p.Laplace.ImportanceLogEvidence),
            Short(p.Laplace.ImportanceStandardError), Number("F2", p.Laplace.ParetoShape),
        ])]);

    // Of ln 1! = 0 there is no relative error.
    private static string Short(double value) => double.IsFinite(value) ? Number(value >= 0.01 ? "F5" : "0.000e0", value) : "";

    private static string Number(string format, double value) => value.ToString(format, CultureInfo.InvariantCulture);
}
