using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>
/// Gradients through sampling: samples drawn directly beside samples drawn as functions of noise, and the estimators of one gradient with
/// their means and variances.
/// </summary>
internal sealed class ReparameterisationExperiment
{
    private readonly ExperimentSettings _settings;
    private readonly ulong _seed;
    private readonly string _report;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public ReparameterisationExperiment(ExperimentSettings settings)
    {
        if (settings.Seeds is { Count: > 1 } seeds)
            throw new SettingException(
                $"reparameterisation takes one seed, such as {nameof(settings.Seeds):setting} 1..1, found {seeds.Count}");
        (_settings, _seed, _report) = (settings, (ulong)(settings.Seeds?[0] ?? 1), settings.Output ?? "reparameterisation.html");
    }

    public JsonObject Run(CancellationToken token)
    {
        Progress("samples drawn directly and by reparameterisation");
        ReparameterisationResult result = new(
            _seed, SamplerComparison.All(_seed), CategoricalComparison.All(_seed), RelaxedComponent.All(_seed),
            Each(
                ApproachToPosterior.Distances,
                ApproachToPosterior.Measure,
                d => $"every estimator at distance {d} from the posterior",
                0,
                token),
            Each(WidthOfApproximation.Widths, WidthOfApproximation.Measure, w => $"sticking the landing at s / t = {w:G3}", 100, token),
            Discrete(token));
        Say(result);
        ReparameterisationReport.Of(result).Save(_report);
        _settings.Say($"{_report}: the histograms, every table, and the variances as q approaches the posterior");
        JsonObject json = result.ToJson();
        json["report"] = _report;
        return json;
    }

    private IReadOnlyList<DiscreteExpectation.Line> Discrete(CancellationToken token)
    {
        Progress("estimators of a categorical expectation");
        return DiscreteExpectation.Measure(Seed(200), token);
    }

    private T[] Each<T>(
        IReadOnlyList<double> values,
        Func<double, ulong, CancellationToken, T> measure,
        Func<double, FormattableString> what,
        int firstPlace,
        CancellationToken token)
    {
        T[] results = new T[values.Count];
        for (int i = 0; i < results.Length; i++)
        {
            Progress(FormattableString.Invariant(what(values[i])));
            results[i] = measure(values[i], Seed(firstPlace + i), token);
        }
        return results;
    }

    // The measurements of one run and those of another have no seed in common.
    private ulong Seed(int place) => unchecked((_seed * 1000) + (ulong)place) * MeasuredEstimator.SeedStride;

    private void Progress(string what)
    {
        if (!_settings.Quiet)
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_clock.Elapsed.TotalSeconds,5:F1} s  {what}"));
    }

    private void Say(ReparameterisationResult result)
    {
        _settings.Say("p-values of direct against reparameterised samples");
        foreach (SamplerComparison c in result.Samplers)
            _settings.Say(PValues(c.Name, c.IsControl, c.Tests));
        foreach (CategoricalComparison c in result.Categoricals)
            _settings.Say(PValues("categorical: " + c.Name, c.IsControl, c.Tests));
        _settings.Say("");
        _settings.Say(
            $"variance of the derivative with respect to log s, for each sample, by distance from the posterior"
            + $"\n{"",-40}{string.Concat(result.Approach.Select(p => Number(p.Distance)))}");
        for (int e = 0; e < result.Approach[0].Lines.Count; e++)
            _settings.Say(
                $"{result.Approach[0].Lines[e].Measured.Name,-40}"
                + string.Concat(result.Approach.Select(p => Number(p.Lines[e].Measured.Variance[1]))));
        _settings.Say(FormattableString.Invariant(
            $"largest distance of a mean from the gradient: {result.LargestScore:F1} standard errors, of {result.Means} means"));
        _settings.Say(FormattableString.Invariant($"expected score: 0 within {result.LargestExpectedScore:F1} standard errors"));
        WidthOfApproximation.Point narrow = result.Widths.First(w => w.Width == 0.6);
        _settings.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"at s^2 = 0.36 t^2 sticking the landing has {narrow.Landing.Variance[1] / narrow.Total.Variance[1]:F2} times the variance of "
            + $"the total derivative; at s^2 = t^2 / 2 they are equal"));
        _settings.Say("");
        _settings.Say($"{"gradient of a categorical expectation",-40}{"|bias|",10}{"+-",10}{"variance",10}");
        foreach (DiscreteExpectation.Line line in result.Discrete)
            _settings.Say($"{line.Measured.Name,-40}{Number(line.Bias)}{Number(line.BiasError)}{Number(line.TotalVariance)}");
        _settings.Say("");
    }

    private static string PValues(string name, bool isControl, IReadOnlyList<(int Size, Evaluation.TwoSampleTest Test)> tests)
        => $"  {name,-70}"
            + string.Join(", ", tests.Select(t => string.Create(CultureInfo.InvariantCulture, $"N = {t.Size:N0}: {t.Test.PValue:G3}")))
            + (isControl ? " (wrong on purpose)" : "");

    private static string Number(double value) => Math.Abs(value) < 1e-20
        ? $"{"0",10}"
        : value.ToString(Math.Abs(value) is >= 1e-3 and < 1e5 ? "G3" : "0.0e0", CultureInfo.InvariantCulture).PadLeft(10);
}
