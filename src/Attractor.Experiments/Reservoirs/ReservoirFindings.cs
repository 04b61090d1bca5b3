using System.Globalization;
using Attractor.Learning;
using Attractor.Reports;

namespace Attractor.Experiments;

/// <summary>What the document says of the echo state network, beside what is found.</summary>
internal static class ReservoirFindings
{
    public const double PublishedLoss = 26.18, TrueExponent = 0.906;
    public const int PublishedUnits = 120;

    // Of 10,000 states the first 1,000 are dropped; three variables.
    private const int PublishedValues = 9000 * 3;

    /// <summary>Noise of which the document's loss speaks, in standard deviations.</summary>
    public const double QuietNoise = 0.03;

    private const double LowestError = 0.0011, HighestError = 0.0016;

    public static ExperimentFindings Of(ReservoirMeasurements m, ReservoirExperimentSettings settings)
    {
        ReservoirTrial first = m.Trials[0], last = m.Trials[^1];
        const string Data = "The document's own recording is not available; these data have other noise, which is most of the error. ";
        const double Published = PublishedLoss / PublishedValues;
        double here = m.Loss / m.Values;
        return new()
        {
            Verdict = string.Create(
                CultureInfo.InvariantCulture,
                $"The document's finding {(m.Fewest < settings.Units ? "holds" : "is not met with these settings")}: of "
                + $"{settings.Units} units {m.Fewest} still predict as well. The closed loop runs with an exponent of {m.Exponent:F3}, "
                + $"{100 * Math.Abs(m.Exponent - TrueExponent) / TrueExponent:F0} % off that of Lorenz-63. The document's loss and errors "
                + $"are of other data and are not to be met"
                + $"{(m.WasDoneInNumpy ? "; those of a second implementation, in NumPy, are" : "")}."),
            Comparisons =
            [
                new(
                    "training loss",
                    ComparedValue.Number(PublishedLoss, "F2"),
                    ComparedValue.Number(m.Loss, "G12"),
                    Data + "The loss is a sum over all steps, so that it grows with the variance of the noise."),
                .. m.WasDoneInNumpy ? (Comparison[])
                [
                    new(
                        "training loss, the document's network written in NumPy, on these data",
                        ComparedValue.Number(StandInRecording.Loss, "F10"),
                        ComparedValue.Number(m.Loss, "F10"),
                        "Not the document's number but that of a second implementation: the same random numbers in the same order (seed "
                        + "87), so that all digits are to agree."),
                    new(
                        "one-step test MSE, the same in NumPy",
                        ComparedValue.Number(StandInRecording.Error, "F11"),
                        ComparedValue.Number(m.Error, "F11"),
                        "As above, from the state 0."),
                ] : [],
                new(
                    "one-step test MSE",
                    ComparedValue.Range(LowestError, HighestError, "G4"),
                    ComparedValue.Number(m.Error, "G9"),
                    Data + "As the document does it from the state 0, the transient included."),
                .. m.Quiet is { } quiet ? (Comparison[])
                [
                    new(
                        string.Create(CultureInfo.InvariantCulture, $"training loss on a simulated recording with noise of {QuietNoise}"),
                        ComparedValue.Number(PublishedLoss, "F2"),
                        ComparedValue.Number(quiet.Loss, "F2"),
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"A guess at the document's data: its loss is what noise of about {Math.Sqrt(Published):F3} standard "
                            + $"deviations leaves over {PublishedValues:N0} values. The network is the same.")),
                    new(
                        "one-step test MSE there",
                        ComparedValue.Range(LowestError, HighestError, "G4"),
                        ComparedValue.Number(quiet.Error, "G4"),
                        "The document's are means over five networks of each size."),
                ] : [],
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
                        + $"go by int(M / {settings.Factor}), a quarter at a time, so that one step of the search is the resolution.{At(
                            m, PublishedUnits)}")),
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
                    + $"{last.Mean:G4}. Of every error {m.Noise:G3} is the noise of the values to be predicted, which no network can "
                    + $"know: what is left is what the units are for.")),
                ("How robust is it?", string.Create(
                    CultureInfo.InvariantCulture,
                    $"Over {settings.Networks} draws of the weights the standard deviation is {Spread(first):F1} % of the mean at M = "
                    + $"{first.Candidate.Reservoir.Units}, and {Spread(last):F1} % at M = {last.Candidate.Reservoir.Units}. "
                    + $"{(Spread(last) > 1.5 * Spread(first)
                        ? "The fewer units, the more it matters which were drawn."
                        : "Fewer units do not make it matter more which were drawn.")}")),
                ("Why is the training loss another than the document's?", string.Create(
                    CultureInfo.InvariantCulture,
                    $"It is a sum over {m.Values:N0} values ({settings.Training - settings.Washout:N0} states, "
                    + $"{m.Values / (settings.Training - settings.Washout)} variables): {here:G3} for each, the document's {Published:G3}. "
                    + $"A good network is left with the measurement noise. That found in these data has the mean square {m.Noise:G3}, a "
                    + $"deviation of {Math.Sqrt(m.Noise):G2}; the document's loss is what a deviation of about {Math.Sqrt(Published):G2} "
                    + $"leaves.")),
                ("Why are the first states dropped?", string.Create(
                    CultureInfo.InvariantCulture,
                    $"The reservoir starts at 0, where no orbit leads, and forgets that only step by step; a readout fitted to those "
                    + $"states would learn what never comes again. The document drops them for the fit and keeps them in its test error, "
                    + $"which is {m.Error:G4} with and {m.Later:G4} without the first {m.Washout:N0}.")),
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
        ("The state that it began in fades. Where tanh is nearly the identity, which is where it fades most slowly, a step leaves of it "
            + "about this part, with the document's settings:",
            @"(1 - a) + a \rho = 0.4 + 0.6 \cdot 0.75 = 0.85, \quad 0.85^{1000} \approx 10^{-71}"),
        ("R'R and Y'R are sums over the steps, so that the states need not be kept, and the system is solved by Cholesky's factor, not by "
            + "an inverse. To generate, the prediction becomes the next input, a map of its own:", @"r_{t+1} = (1 - a) r_t + a \tanh "
            + @"\left( (W + W_{in} W_{out}) r_t + b \right)"),
    ]);

    private static string At(ReservoirMeasurements m, int units)
    {
        ReservoirTrial nearest = m.Trials.MinBy(t => Math.Abs(t.Candidate.Reservoir.Units - units))!;
        return string.Create(
            CultureInfo.InvariantCulture,
            $" With {nearest.Candidate.Reservoir.Units} the error is {nearest.Mean / m.Trials[0].Mean:F2} of that of the first.");
    }

    private static double Spread(ReservoirTrial trial) => 100 * trial.StandardDeviation / trial.Mean;
}
