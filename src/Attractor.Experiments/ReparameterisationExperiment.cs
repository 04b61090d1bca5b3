using System.Diagnostics;
using System.Globalization;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>
/// Gradients through sampling: samples drawn directly beside samples drawn as functions of noise, and the estimators of one gradient with
/// their means and variances.
/// </summary>
internal sealed class ReparameterisationExperiment(ReparameterisationSettings settings, ExperimentSession session)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public ExperimentResult Run(CancellationToken token)
    {
        Progress("samples drawn directly and by reparameterisation");
        ReparameterisationResult result = new(
            (ulong)settings.Seed,
            SamplerComparison.All(settings),
            CategoricalComparison.All(settings),
            RelaxedComponent.All(settings),
            Each(
                settings.Distances,
                (d, seed, t) => ApproachToPosterior.Measure(d, settings.Estimates, seed, t),
                d => $"every estimator at distance {d} from the posterior",
                0,
                token),
            Each(
                WidthOfApproximation.Widths,
                (w, seed, t) => WidthOfApproximation.Measure(w, settings.Estimates / 2, seed, t),
                w => $"sticking the landing at s / t = {w:G3}",
                100,
                token),
            Discrete(token));
        Say(result);
        return new()
        {
            Title = "Gradients through sampling",
            Subtitle = "Samples drawn directly and as functions of noise; estimators of the same gradient with their means and variances "
                + "as q approaches the posterior.",
            Findings = ReparameterisationFindings.Of(result, settings),
            Derivation = ReparameterisationFindings.Derivation,
            Sections = ReparameterisationReport.Of(result, settings),
            Json = result.ToJson(),
            Commands =
            [
                (
                    "the same of a density of your own, as q moves to the posterior",
                    CommandText.Of(
                        "estimators '-2*(z - 1)^2'",
                        [("variable", "z"), ("mean", 0), ("deviation", 1), ("towards", "0,0.5,1"), ("report", "estimators.html")])),
                (
                    "of the expectation of an integrand of your own",
                    CommandText.Of(
                        "estimators",
                        [
                            ("integrand", "(z - 1)^2"), ("variable", "z"), ("mean", 0), ("deviation", 1), ("report", "expectation.html")
                        ])),
            ],
        };
    }

    private IReadOnlyList<DiscreteExpectation.Line> Discrete(CancellationToken token)
    {
        Progress("estimators of a categorical expectation");
        return DiscreteExpectation.Measure(
            settings.Probabilities, settings.WeightsOfClasses, 5 * settings.Estimates, Seed(200), token);
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
    private ulong Seed(int place) => unchecked(((ulong)settings.Seed * 1000) + (ulong)place) * MeasuredEstimator.SeedStride;

    private void Progress(string what)
    {
        session.Progress(string.Create(CultureInfo.InvariantCulture, $"{_clock.Elapsed.TotalSeconds,5:F1} s  {what}"));
    }

    private void Say(ReparameterisationResult result)
    {
        session.Say("p-values of direct against reparameterised samples");
        foreach (SamplerComparison c in result.Samplers)
            session.Say(PValues(c.Name, c.IsControl, c.Tests));
        foreach (CategoricalComparison c in result.Categoricals)
            session.Say(PValues("categorical: " + c.Name, c.IsControl, c.Tests));
        session.Say("");
        session.Say(
            $"variance of the derivative with respect to log s, for each sample, by distance from the posterior"
            + $"\n{"",-40}{string.Concat(result.Approach.Select(p => Number(p.Distance)))}");
        for (int e = 0; e < result.Approach[0].Lines.Count; e++)
            session.Say(
                $"{result.Approach[0].Lines[e].Measured.Name,-40}"
                + string.Concat(result.Approach.Select(p => Number(p.Lines[e].Measured.Variance[1]))));
        session.Say(FormattableString.Invariant(
            $"largest distance of a mean from the gradient: {result.LargestScore:F1} standard errors, of {result.Means} means"));
        session.Say(FormattableString.Invariant($"expected score: 0 within {result.LargestExpectedScore:F1} standard errors"));
        WidthOfApproximation.Point narrow = result.Widths.First(w => w.Width == 0.6);
        session.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"at s^2 = 0.36 t^2 sticking the landing has {narrow.Landing.Variance[1] / narrow.Total.Variance[1]:F2} times the variance of "
            + $"the total derivative; at s^2 = t^2 / 2 they are equal"));
        session.Say("");
        session.Say($"{"gradient of a categorical expectation",-40}{"|bias|",10}{"+-",10}{"variance",10}");
        foreach (DiscreteExpectation.Line line in result.Discrete)
            session.Say($"{line.Measured.Name,-40}{Number(line.Bias)}{Number(line.BiasError)}{Number(line.TotalVariance)}");
        session.Say("");
    }

    private static string PValues(string name, bool isControl, IReadOnlyList<(int Size, Evaluation.TwoSampleTest Test)> tests)
        => $"  {name,-70}"
            + string.Join(", ", tests.Select(t => string.Create(CultureInfo.InvariantCulture, $"N = {t.Size:N0}: {t.Test.PValue:G3}")))
            + (isControl ? " (wrong on purpose)" : "");

    private static string Number(double value) => Math.Abs(value) < 1e-20
        ? $"{"0",10}"
        : value.ToString(Math.Abs(value) is >= 1e-3 and < 1e5 ? "G3" : "0.0e0", CultureInfo.InvariantCulture).PadLeft(10);
}
