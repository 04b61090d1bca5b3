using System.Globalization;
using Attractor.Reports;

namespace Attractor.Experiments;

/// <summary>What the document asks of the largest Lyapunov exponent, beside what is found.</summary>
internal static class LyapunovFindings
{
    public static ExperimentFindings Of(LyapunovOutcome[] outcomes, long[] diverged, LyapunovOutcome shown)
    {
        LyapunovOutcome[] chaotic = [.. outcomes.Where(o => o.NotChaotic is null)],
            others = [.. outcomes.Where(o => o.NotChaotic is not null)];
        double median = Median.Of([.. outcomes.Select(o => o.Exponent)]);
        double off = Math.Abs(median - NetworkSettings.TrueExponent) / NetworkSettings.TrueExponent;
        string fallen = others.Length == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $" {others.Length} of {outcomes.Length} networks {(others.Length == 1 ? "is" : "are")} not chaotic on their own (seed "
            + $"{string.Join(", ", others.Select(o => o.Seed))}: {string.Join("; ", others.Select(o => o.NotChaotic).Distinct())}); "
            + $"selecting the state that runs best on its own is the cure.");
        return new()
        {
            Verdict = string.Create(
                CultureInfo.InvariantCulture,
                $"The document is right: implemented as it is written the definition leaves the range of numbers, here the product of seed "
                + $"{shown.Seed} {shown.Ending}. Re-normalised it gives {median:F3} in the median of {outcomes.Length} networks, "
                + $"{100 * off:F1} % off the truth.{fallen}")
                + TrainedRuns.Missing(diverged),
            Comparisons =
            [
                new(
                    "largest Lyapunov exponent per unit of time, median of the networks",
                    ComparedValue.Number(NetworkSettings.TrueExponent, "F3"),
                    ComparedValue.Number(median, "F4"),
                    "The document's value is that of the true system. A network learnt from noisy data is near it; its dt of 0.01 is "
                    + "divided out."),
                new(
                    "relative absolute error of it",
                    ComparedValue.None,
                    ComparedValue.Number(off, "G3"),
                    "What the document asks for."),
                new(
                    FormattableString.Invariant($"how the naive product ends, seed {shown.Seed}"),
                    ComparedValue.Words("overflows on a chaotic orbit"),
                    ComparedValue.Words(shown.Ending),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"ln of the largest float64 is 709.8: at {shown.Exponent:F3} x 0.01 a step that is reached after about "
                        + $"{709.8 / Math.Max(1e-9, Math.Abs(shown.Exponent) * NetworkSettings.Dt):N0} steps. On an orbit that contracts "
                        + $"it underflows instead.")),
                new(
                    FormattableString.Invariant($"naive estimate there, seed {shown.Seed}"),
                    ComparedValue.None,
                    ComparedValue.Number(shown.NaiveExponent, "F3"),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Of {shown.Naive.Norms.Length:N0} steps only; the stable one of that network is {shown.Exponent:F4}.")),
                new(
                    "networks that are chaotic on their own",
                    ComparedValue.None,
                    ComparedValue.Words(FormattableString.Invariant($"{chaotic.Length} of {outcomes.Length}")),
                    "An exponent below 0, or 0, is that of a cycle or a fixed point: a network may learn the next step well and still fall "
                    + "into one when it runs by itself."),
            ],
            Answers =
            [
                ("What will happen if the definition is implemented naively on a chaotic orbit?", "The norm of the product grows as "
                    + "e^(lambda T), and soon no number holds it: it becomes infinite, and the estimate with it. Long before, the columns "
                    + "of the product all point along the direction that grows most, so that nothing else can be learnt from it. On a "
                    + "stable orbit it becomes 0 instead."),
                ("How large is the relative absolute error?", string.Create(
                    CultureInfo.InvariantCulture,
                    $"{100 * off:F1} % in the median; of single networks {100 * outcomes.Min(o => o.OffTheTruth):F1} % to "
                    + $"{100 * outcomes.Max(o => o.OffTheTruth):F1} %.")),
            ],
        };
    }

    public static Derivation Derivation { get; } = new(
    [
        ("The definition asks for the norm of a product of as many Jacobians as there are steps:",
            @"\lambda = \lim_{T \to \infty} \frac{1}{T} \log \left\| J_T J_{T-1} \cdots J_2 \right\|_2"),
        ("On a chaotic orbit its norm grows exponentially, while a float64 ends at about e to the 709.8:",
            @"\left\| J_T \cdots J_2 \right\| \approx e^{\lambda T} \quad \to \quad T \approx \frac{709.8}{\lambda}"),
        ("The logarithm of a product of lengths is a sum of logarithms. With the tangent vector made a unit vector after every step, no "
            + "number is large:", @"v_t = J_t u_{t-1}, \quad u_t = \frac{v_t}{| v_t |}, \quad \lambda = \lim_{T \to \infty} \frac{1}{T} "
            + @"\sum_{t=2}^{T} \log | v_t |"),
        ("For more than one exponent the vectors are made orthogonal as well, by a QR decomposition: the exponents are the mean logarithms "
            + "of the diagonal of R.", @"J_t Q_{t-1} = Q_t R_t, \quad \lambda_i = \lim_{T \to \infty} \frac{1}{T} \sum_t \log R_{t,ii}"),
    ]);
}
