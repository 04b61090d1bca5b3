using System.Globalization;
using Attractor.Learning;
using Attractor.Reports;

namespace Attractor.Experiments;

/// <summary>What the document says of the echo state network, beside what is found.</summary>
internal static class ReservoirFindings
{
    public const double PublishedLoss = 26.18, TrueExponent = 0.906;
    public const int PublishedUnits = 120;

    private const double LowestError = 0.0011, HighestError = 0.0016;

    public static ExperimentFindings Of(ReservoirMeasurements m, ReservoirExperimentSettings settings)
    {
        ReservoirTrial first = m.Trials[0], last = m.Trials[^1];
        const string Data = "The document's own recording is not available; these data have other noise, which is most of the error. ";
        return new()
        {
            Verdict = string.Create(
                CultureInfo.InvariantCulture,
                $"The document's finding {(m.Fewest < settings.Units ? "holds" : "is not met with these settings")}: of "
                + $"{settings.Units} units {m.Fewest} still predict as well. The closed loop runs with an exponent of {m.Exponent:F3}, "
                + $"{100 * Math.Abs(m.Exponent - TrueExponent) / TrueExponent:F0} % off that of Lorenz-63. The document's loss and errors "
                + $"are of other data and are not to be met."),
            Comparisons =
            [
                new(
                    "training loss",
                    ComparedValue.Number(PublishedLoss, "F2"),
                    ComparedValue.Number(m.Loss, "G12"),
                    Data + "The loss is a sum over all steps, so that it grows with the variance of the noise."),
                new(
                    "one-step test MSE",
                    ComparedValue.Range(LowestError, HighestError, "G4"),
                    ComparedValue.Number(m.Error, "G9"),
                    Data + "As the document does it from the state 0, the transient included."),
                new(
                    string.Create(CultureInfo.InvariantCulture, $"one-step test MSE after {m.Washout:N0} steps"),
                    ComparedValue.None,
                    ComparedValue.Number(m.Later, "G9"),
                    "Corrected: the document's test drive begins in the state 0, which no orbit of the network passes; this is without its "
                    + "transient."),
                new(
                    "fewest units M that still do",
                    ComparedValue.Number(PublishedUnits, "F0"),
                    ComparedValue.Number(m.Fewest, "F0"),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"By the document's rule: the mean of {settings.Networks} networks within {settings.Limit} times the first. Sizes "
                        + $"go by int(M / {settings.Factor}), a quarter at a time, so that one step of the search is the resolution.")),
                new(
                    "largest Lyapunov exponent of the closed loop",
                    ComparedValue.Number(TrueExponent, "F3"),
                    ComparedValue.Number(m.Exponent, "F3"),
                    "The document compares by eye; this is the number behind it. Beside it stands that of Lorenz-63."),
            ],
            Answers =
            [
                ("How low can you go?", string.Create(
                    CultureInfo.InvariantCulture,
                    $"To {m.Fewest} units: there the mean test error is "
                    + $"{m.Trials.First(t => t.Candidate.Reservoir.Units == m.Fewest).Mean:G4} "
                    + $"against {first.Mean:G4} with {first.Candidate.Reservoir.Units}; with {last.Candidate.Reservoir.Units} it is "
                    + $"{last.Mean:G4}.")),
                ("How robust is it?", string.Create(
                    CultureInfo.InvariantCulture,
                    $"Over {settings.Networks} draws of the weights the standard deviation is {Spread(first):F1} % of the mean at M = "
                    + $"{first.Candidate.Reservoir.Units}, and {Spread(last):F1} % at M = {last.Candidate.Reservoir.Units}. "
                    + $"{(Spread(last) > 1.5 * Spread(first)
                        ? "The fewer units, the more it matters which were drawn."
                        : "Fewer units do not make it matter more which were drawn.")}")),
            ],
        };
    }

    public static Derivation Derivation { get; } = new(
    [
        ("The reservoir is drawn once and stays as it is; only the readout is fitted:",
            @"r_t = (1 - a) r_{t-1} + a \tanh (W r_{t-1} + W_{in} x_t + b), \quad \hat{x}_{t+1} = W_{out} r_t"),
        ("That is a linear regression with a penalty, whose minimum is known:",
            @"W_{out} = \argmin \left( \sum_t | y_t - W_{out} r_t |^2 + \lambda \| W_{out} \|_F^2 \right) = Y^\top R (R^\top R + \lambda "
            + @"I)^{-1}"),
        ("R'R and Y'R are sums over the steps, so that the states need not be kept, and the system is solved by Cholesky's factor, not by "
            + "an inverse. To generate, the prediction becomes the next input, a map of its own:", @"r_{t+1} = (1 - a) r_t + a \tanh "
            + @"\left( (W + W_{in} W_{out}) r_t + b \right)"),
    ]);

    private static double Spread(ReservoirTrial trial) => 100 * trial.StandardDeviation / trial.Mean;
}
