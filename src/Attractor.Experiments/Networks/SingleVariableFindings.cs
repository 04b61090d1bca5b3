using System.Globalization;
using Attractor.Reports;

namespace Attractor.Experiments;

/// <summary>What the document asks of a reconstruction from one variable, beside what is found.</summary>
internal static class SingleVariableFindings
{
    public static ExperimentFindings Of(SingleVariableOutcome[] outcomes, long[] diverged, SingleVariableOutcome best)
    {
        int succeeded = outcomes.Count(o => o.Succeeded);
        return new()
        {
            Verdict = string.Create(
                CultureInfo.InvariantCulture,
                $"{(best.Succeeded ? "It can be done" : "It was not done with these settings")}: from x alone, without an embedding, the "
                + $"network chosen on the training data {(best.HasTwoLobes ? "has both lobes" : "lacks the two lobes")} and an exponent of "
                + $"{best.Exponent:F3}, {100 * best.OffTheTruth:F1} % off. {succeeded} of {outcomes.Length} seeds succeed.")
                + TrainedRuns.Missing(diverged),
            Comparisons =
            [
                new(
                    "largest Lyapunov exponent per unit of time, of the network chosen on training data",
                    ComparedValue.Number(NetworkSettings.TrueExponent, "F3"),
                    ComparedValue.Number(best.Exponent, "F4"),
                    FormattableString.Invariant($"The document asks for it. Seed {best.Seed} was chosen by D_stsp against the training ")
                    + "data, without a look at the truth."),
                new(
                    "two lobes",
                    ComparedValue.Words("asked for as a plot"),
                    ComparedValue.Words(best.HasTwoLobes ? "yes" : "no"),
                    FormattableString.Invariant($"{best.Crossings} changes of lobe in {best.Orbit.Length} steps.")),
                new(
                    "D_stsp in delay coordinates, against the training data",
                    ComparedValue.None,
                    ComparedValue.Number(best.Divergence, "G4"),
                    "With noise in the data and none in the orbit."),
                new(
                    "seeds with two lobes and an exponent within 15 %",
                    ComparedValue.None,
                    ComparedValue.Words(FormattableString.Invariant($"{succeeded} of {outcomes.Length}")),
                    "How much luck it takes."),
            ],
            Answers =
            [
                ("What is the warm-up for?", "Of the state only x is observed; what the hidden units begin with is a guess. Forced at "
                    + "every step they are driven by the past of x until they depend on it alone, and only then do predictions count. "
                    + "Without it the first errors are those of the guess, and the network would learn to mend a state that it never "
                    + "has later."),
                ("Can the attractor be reconstructed from a single variable without an embedding?", (best.Succeeded ? "Yes" : "Not here")
                    + ". By Takens' theorem the past of x determines the state; the hidden units hold that past once the warm-up has "
                    + "driven them with the data, and then have to become the variables that nobody recorded."),
            ],
        };
    }

    public static Derivation Derivation { get; } = new(
    [
        ("The network observes one unit of M; the others begin at what x_0 says of them and are driven for T_W steps, every step forced:",
            @"\tilde{z}_t = (x_t, z_{t,2}, \dots, z_{t,M}), \quad t = 0, \dots, T_W - 1"),
        ("Only then are predictions counted, with the data every tau steps:",
            @"L = \frac{1}{T - T_W} \sum_{t = T_W + 1}^{T} (x_t - z_{t,1})^2"),
        ("What the hidden units need to hold is there: a generic variable and 2 d of its past values determine a state on an attractor of "
            + "dimension d.", @"z_t = \Phi (x_t, x_{t-\tau}, \dots, x_{t - 2 d \tau})"),
    ]);
}
