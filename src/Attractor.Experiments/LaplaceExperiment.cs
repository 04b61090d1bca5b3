using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>Laplace's method: N! with the maximum found, and the evidence of a logistic regression against quadrature.</summary>
internal sealed class LaplaceExperiment
{
    private readonly ExperimentSettings _settings;
    private readonly ulong _seed;
    private readonly string _report;

    public LaplaceExperiment(ExperimentSettings settings)
    {
        if (settings.Seeds is { Count: > 1 } seeds)
            throw new SettingException($"laplace takes one seed, such as {nameof(settings.Seeds):setting} 1..1, found {seeds.Count}");
        (_settings, _seed, _report) = (settings, (ulong)(settings.Seeds?[0] ?? 1), settings.Output ?? "laplace.html");
    }

    public JsonObject Run(CancellationToken token)
    {
        FactorialRow[] factorials = [.. FactorialRow.Sizes.Select(n =>
        {
            token.ThrowIfCancellationRequested();
            return FactorialRow.Of(n);
        })];
        Say(factorials);
        LogisticPosterior[] posteriors =
            [.. LogisticPosterior.Sizes.Select(k => LogisticPosterior.Of(k, _seed, withVariational: k == 1, token))];
        Say(posteriors);
        LaplaceReport.Of(factorials, posteriors, _seed).Save(_report);
        _settings.Say($"{_report}: both tables, and the errors over N and over the number of observations");
        return new()
        {
            ["seed"] = _seed,
            ["table"] = new JsonArray([.. factorials.Select(f => f.ToJson())]),
            ["posterior"] = new JsonArray([.. posteriors.Select(p => p.ToJson())]),
            ["report"] = _report,
        };
    }

    private void Say(FactorialRow[] rows)
    {
        _settings.Say("N! = integral of e^(N ln t - t): the maximum is searched for, t0 = N and the curvature -1 / N^2 are found");
        _settings.Say(
            $"{"N",9}{"ln N!",22}{"Laplace",22}{"error of N!",13}{"1 / 12 N",12}{"of ln N!",12}{"bound",12}{"last line off by",18}");
        foreach (FactorialRow r in rows)
            _settings.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"{r.N,9:F0}{r.Exact,22:G15}{r.Laplace,22:G15}{r.RelativeError,13:E3}{1 / (12 * r.N),12:E3}"
                + $"{Ratio(r.LogRelativeError),12}{Ratio(r.Bound),12}{r.LastLineError,13:G8} nats"));
        _settings.Say(
            "The document's last line, sqrt(2 pi N) e^(N ln N), has lost the factor e^-N: it is off by N nats. Its line "
            + "before that is right.");
        _settings.Say("");
    }

    private void Say(LogisticPosterior[] posteriors)
    {
        LogisticPosterior first = posteriors[0];
        _settings.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"logistic regression, {first.Observations} observations, two coefficients: log evidence "
            + $"{first.LogEvidence:F6} nats by quadrature"));
        _settings.Say(FormattableString.Invariant($"  Laplace's method     {first.Laplace.LogEvidence:F6}"));
        _settings.Say(FormattableString.Invariant(
            $"  importance sampling  {first.Laplace.ImportanceLogEvidence:F6} +- {first.Laplace.ImportanceStandardError:F6}"));
        if (first.Variational is { } v)
            _settings.Say(FormattableString.Invariant($"  variational bound    {v.Bound:F6} +- {v.BoundStandardError:F6}"));
        _settings.Say(
            $"  with each observation repeated: "
            + $"{string.Join(", ", posteriors.Select(p => FormattableString.Invariant($"n = {p.Observations}: {p.Error:G3}")))} nats off");
        _settings.Say("");
    }

    // Of ln 1! = 0 there is none.
    private static string Ratio(double value) => double.IsFinite(value) ? FormattableString.Invariant($"{value:E3}") : "-";
}
