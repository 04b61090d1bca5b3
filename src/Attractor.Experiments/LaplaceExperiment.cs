using System.Globalization;
using System.Text.Json.Nodes;

namespace Attractor.Experiments;

/// <summary>Laplace's method: N! with the maximum found, and the evidence of a logistic regression against quadrature.</summary>
internal sealed class LaplaceExperiment(LaplaceSettings settings, ExperimentSession session)
{
    public ExperimentResult Run(CancellationToken token)
    {
        FactorialRow[] factorials = [.. settings.Points.Select(n =>
        {
            token.ThrowIfCancellationRequested();
            return FactorialRow.Of(n);
        })];
        Say(factorials);
        LogisticPosterior[] posteriors =
        [
            .. settings.Repeats.Select((k, i) => LogisticPosterior.Of(
                k, settings.Draws, (ulong)settings.Seed, withVariational: i == 0, token))
        ];
        Say(posteriors);
        return new()
        {
            Title = "Laplace's method",
            Subtitle = "An integral, or the evidence of a posterior, from the height and the curvature of its exponent where it is "
                + "largest. N! by the document's example; a logistic regression against quadrature.",
            Findings = LaplaceFindings.Of(factorials, posteriors),
            Derivation = LaplaceFindings.Derivation,
            Sections = LaplaceReport.Of(factorials, posteriors),
            Json = new()
            {
                ["seed"] = settings.Seed,
                ["table"] = new JsonArray([.. factorials.Select(f => f.ToJson())]),
                ["posterior"] = new JsonArray([.. posteriors.Select(p => p.ToJson())]),
            },
            Commands =
            [
                (
                    "an integral of your own, here that of N! over N",
                    CommandText.Of(
                        "laplace 'n*log(x) - x'",
                        [("variable", "x"), ("parameter", "n=10"), ("large", "n=1..1e6"), ("report", "factorial.html")])),
                (
                    "the posterior of a model of your own, here a logistic regression on columns x and y of d.csv",
                    CommandText.Of(
                        "laplace 'y*(a + b*x) - log(1 + exp(a + b*x))'",
                        [
                            ("prior", "0 - (a^2 + b^2)/8 - log(8*pi)"), ("variables", "a,b"), ("data", "d.csv"),
                            ("report", "posterior.html")
                        ])),
            ],
        };
    }

    private void Say(FactorialRow[] rows)
    {
        session.Say("N! = integral of e^(N ln t - t): the maximum is searched for, t0 = N and the curvature -1 / N^2 are found");
        session.Say(
            $"{"N",9}{"ln N!",22}{"Laplace",22}{"error of N!",13}{"1 / 12 N",12}{"of ln N!",12}{"bound",12}{"last line off by",18}");
        foreach (FactorialRow r in rows)
            session.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"{r.N,9:F0}{r.Exact,22:G15}{r.Laplace,22:G15}{r.RelativeError,13:E3}{1 / (12 * r.N),12:E3}"
                + $"{Ratio(r.LogRelativeError),12}{Ratio(r.Bound),12}{r.LastLineError,13:G8} nats"));
        session.Say(
            "The document's last line, sqrt(2 pi N) e^(N ln N), has lost the factor e^-N: it is off by N nats. Its line "
            + "before that is right.");
        session.Say("");
    }

    private void Say(LogisticPosterior[] posteriors)
    {
        LogisticPosterior first = posteriors[0];
        session.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"logistic regression, {first.Observations} observations, two coefficients: log evidence "
            + $"{first.LogEvidence:F6} nats by quadrature"));
        session.Say(FormattableString.Invariant($"  Laplace's method     {first.Laplace.LogEvidence:F6}"));
        session.Say(FormattableString.Invariant(
            $"  importance sampling  {first.Laplace.ImportanceLogEvidence:F6} +- {first.Laplace.ImportanceStandardError:F6}"));
        if (first.Variational is { } v)
            session.Say(FormattableString.Invariant($"  variational bound    {v.Bound:F6} +- {v.BoundStandardError:F6}"));
        session.Say(
            $"  with each observation repeated: "
            + $"{string.Join(", ", posteriors.Select(p => FormattableString.Invariant($"n = {p.Observations}: {p.Error:G3}")))} nats off");
        session.Say("");
    }

    // Of ln 1! = 0 there is none.
    private static string Ratio(double value) => double.IsFinite(value) ? FormattableString.Invariant($"{value:E3}") : "-";
}
