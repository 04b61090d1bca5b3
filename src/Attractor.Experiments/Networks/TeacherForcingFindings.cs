using System.Globalization;
using Attractor.Evaluation;
using Attractor.Reports;

namespace Attractor.Experiments;

/// <summary>What the document asks of sparse teacher forcing, beside what is found.</summary>
internal static class TeacherForcingFindings
{
    public static ExperimentFindings Of(TeacherForcingSettings settings, ModelEvaluation delay, Verdict verdict, double[][] curve)
    {
        ScoreEntry divergence = Score(delay, "d_stsp"), spectrum = Score(delay, "d_hellinger"), exponent = Score(delay, "lyapunov_max");
        double rate = exponent.Value / NetworkSettings.Dt;
        double[] medians = [.. curve.Select(Median.Of)];
        int best = Enumerable.Range(0, medians.Length).MinBy(i => double.IsFinite(medians[i]) ? medians[i] : double.PositiveInfinity);
        bool follows = verdict.Kind is VerdictKind.OnTheAttractor or VerdictKind.NearIt;
        return new()
        {
            Verdict = $"{(follows ? "The dynamics follow" : "The dynamics do not follow")} those of the Lorenz system: {verdict.Sentence}",
            Comparisons =
            [
                new(
                    "D_stsp, nats (a perfect model: " + Text(divergence.Floor ?? double.NaN) + ")",
                    ComparedValue.Words("looks alike"),
                    ComparedValue.Number(divergence.Value, "G4"),
                    "The document compares two pictures; this is the divergence of what fills them."),
                new(
                    "D_H of the spectra, 0 to 1 (a perfect model: " + Text(spectrum.Floor ?? double.NaN) + ")",
                    ComparedValue.None,
                    ComparedValue.Number(spectrum.Value, "G4"),
                    "What a picture of an attractor cannot show: whether it is passed at the right pace."),
                new(
                    "largest Lyapunov exponent per unit of time",
                    ComparedValue.Number(NetworkSettings.TrueExponent, "F3"),
                    ComparedValue.Number(rate, "F3"),
                    "The document's second exercise, for this network, beside the true one."),
                new(
                    "forcing interval tau",
                    ComparedValue.Number(16),
                    ComparedValue.Number(settings.DelayInterval),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"On the three variables, of the intervals tried, {settings.Intervals[best]} gives the lowest D_stsp, "
                        + $"{medians[best]:G3} in the median of {settings.Seeds.Count}.")),
            ],
            Answers =
            [
                ("Do the RNN dynamics follow those of the Lorenz system?", (follows ? "Yes. " : "No. ") + string.Create(
                    CultureInfo.InvariantCulture,
                    $"From a point of the attractor, the unobserved units at zero: {verdict.Sentence} Its largest exponent is {rate:F3} "
                    + $"per unit of time (0.906), so that it "
                    + $"{(rate > 0.1 ? "is chaotic as the truth is" : "is not chaotic, while the truth is")}.")),
                ("What does tau do?", "It trades two evils. With tau = 1 every state is replaced before it can do harm: the loss is smooth "
                    + "and the network never learns to run by itself. With a large tau the gradient passes so many Jacobians that it "
                    + "explodes with the exponent of the system, about e^(0.009 tau). The curve shows the valley between. A rule of thumb "
                    + "puts tau at most where an error doubles, ln 2 / 0.00906 = 76 steps; noise, and the start from random parameters, "
                    + "ask for less."),
                ("Why is a long run compared by D_stsp and not step by step?", "Because no model of a chaotic system stays beside the "
                    + "recording: an error grows by e in 1 / 0.906 units of time, 110 steps, so that one of 0.1 % is as large as the "
                    + "attractor after some 760. What a good model keeps is where its orbit goes and how often: the density over the "
                    + "attractor, which D_stsp compares, and the pace, which D_H does. A perfect model has the floors, not 0."),
            ],
        };
    }

    public static Derivation Derivation { get; } = new(
    [
        ("The network, and the states that the data replace every tau steps before they are passed on:",
            @"z_t = A \odot z_{t-1} + W_1 \relu (W_2 z_{t-1} + h_2) + h_1, \quad \tilde{z}_t = (x_{t,1}, \dots, x_{t,N}, z_{t,N+1}, \dots, "
            + @"z_{t,M})"),
        ("The gradient of a later loss by an earlier state is a product of Jacobians, whose norm grows as the largest Lyapunov exponent "
            + "says:",
            @"\frac{\partial z_T}{\partial z_t} = J_T J_{T-1} \cdots J_{t+1}, \quad \left\| J_T \cdots J_{t+1} \right\| \sim e^{\lambda (T "
            + @"- t)}"),
        ("A replaced state does not depend on the one before: its columns of the next Jacobian are zero, and the product ends or shrinks "
            + "there.",
            @"\tilde{J}_{t+1} = J_{t+1} \, \text{diag}(0, \dots, 0, 1, \dots, 1), \quad t = n \tau"),
    ]);

    private static ScoreEntry Score(ModelEvaluation evaluation, string key) => evaluation.Scores.First(s => s.Key == key);

    private static string Text(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
