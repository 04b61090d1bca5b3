using Attractor.Models;
using Attractor.Probability;
using Attractor.Systems;

namespace Attractor.Learning;

/// <summary>What must hold before a training starts; each failure is one sentence that says how to mend it.</summary>
internal static class TrainingChecks
{
    public static void Check(RecurrentModel model, IReadOnlyList<TimeSeries> trials, TrainingOptions options)
    {
        CheckSizes(options);
        if (options.Forcing is AdaptiveTeacherForcing { Rule: AdaptiveForcingRule.JacobianUpperBound } adaptive)
            adaptive.Growth(model, []);
        if (options.ManifoldAttractor > 0)
            _ = new ManifoldAttractorPenalty(model, options.ManifoldAttractorShare);
        if (trials.Count == 0)
            throw new ArgumentException("There is no series to train on.", nameof(trials));
        foreach (TimeSeries trial in trials)
            CheckSeries(model, trial, options);
        if (model.Modalities is [{ Model.Family: var family }, ..] modalities)
        {
            if (options.Forcing is AdaptiveTeacherForcing)
                throw new ArgumentException(
                    $"Adaptive forcing looks at the data as states, and {family} observations are none: "
                    + "force sparsely, or with a strength that stays.");
            if (options.HasInputNoise)
                throw new ArgumentException(
                    $"Noise on inputs is for real variables: those of {family} observations come from an encoder, with "
                    + "its own.");
            CheckLoss(options.SignalLoss, modalities);
            foreach (TimeSeries trial in trials)
                foreach (Modality modality in modalities)
                    CheckValues(modality, trial);
        }
        CheckInputs(model, trials);
        // A trial may be of one row, or a variable at rest in one of them.
        for (int n = 0; n < trials[0].Dimension; n++)
            if (IsConstant(trials, n))
                throw new ArgumentException($"Column '{trials[0].Names[n]}' of the data is constant: leave it out.");
    }

    private static void CheckSizes(TrainingOptions options)
    {
        Positive(options.SequenceLength, "sequence length");
        Positive(options.BatchSize, "batch size");
        Positive(options.Updates, "number of updates");
        if (options.Threads is < 1 or > 2)
            throw new ArgumentException($"An update takes 1 thread or 2, not {options.Threads}.");
        if (options.WarmUp < 0 || options.WarmUp >= options.SequenceLength)
            throw new ArgumentException(
                $"The warm-up of {options.WarmUp} steps must be at least 0 and shorter than the sequence of {options.SequenceLength}.");
        NotNegative(options.GradientClip, "gradient clip");
        NotNegative(options.L2, "L2 weight");
        NotNegative(options.L2End ?? 0, "L2 weight at the end");
        NotNegative(options.ManifoldAttractor, "weight of the manifold-attractor regularisation");
        NotNegative(options.InputNoise, "input noise");
        NotNegative(options.InputNoiseEnd ?? 0, "input noise at the end");
        NotNegative(options.ConditionPenalty, "weight of the condition of the observation");
        options.Selection?.Check();
        double rate = options.LearningRate.At(0, options.Updates);
        if (!(rate > 0) || !double.IsFinite(rate))
            throw new ArgumentException($"The learning rate must be a positive number, not {rate}.");
    }

    private static void CheckSeries(RecurrentModel model, TimeSeries series, TrainingOptions options)
    {
        if (series.Dimension != model.Observed)
            throw new ArgumentException($"The model observes {model.Observed} variables, the data have {series.Dimension}.");
        if (series.FindNonFinite() is { } found)
        {
            if (found.Infinite > 0)
                throw new ArgumentException($"The data hold {found}: remove the infinite values.");
            if (options.Missing == MissingValues.Reject)
                throw new ArgumentException(
                    $"The data hold {found}: fill them, train on the windows without them (MissingValues.Skip), or let the network's own "
                    + "predictions take their place (MissingValues.Model).");
        }
    }

    /// <summary>Refuses values that an observation model cannot observe, with the first of them.</summary>
    internal static void CheckValues(Modality modality, TimeSeries series)
    {
        for (int t = 0; t < series.Length; t++)
            foreach (int n in modality.Columns)
            {
                double value = series[t, n];
                // A grey value is the expectation of a pixel, not an observation.
                bool isGrey = modality.Model.Support == Domain.Binary && value is not (0 or 1);
                string? refusal = modality.Model.Refusal(value) ?? (isGrey ? "a Bernoulli decoder observes 0 or 1" : null);
                if (!double.IsNaN(value) && refusal is { } why)
                    throw new ArgumentException(
                        FormattableString.Invariant($"Column '{series.Names[n]}' of the data holds {value:R} in row {t}: {why}."));
            }
    }

    private static void CheckLoss(SignalLoss loss, IReadOnlyList<Modality> modalities)
    {
        NotNegative(loss.Reconstruction, "weight of the reconstruction");
        NotNegative(loss.Prediction, "weight of the prediction");
        // Without it nothing holds sigma, and the states would be told by nothing.
        if (!(loss.Consistency > 0) || !double.IsFinite(loss.Consistency))
            throw new ArgumentException($"The weight of the consistency must be a positive number, not {loss.Consistency}.");
        if (loss.Modalities is not { } weights)
            return;
        if (weights.Count != modalities.Count)
            throw new ArgumentException(
                $"Expected a weight for each of {modalities.Count} modalities, found {weights.Count}: "
                + $"{string.Join(", ", modalities.Select(m => m.Size))}.");
        foreach (double weight in weights)
            NotNegative(weight, "weight of a modality");
    }

    private static void CheckInputs(RecurrentModel model, IReadOnlyList<TimeSeries> trials)
    {
        foreach (TimeSeries trial in trials)
            DrivenMap.Require(model, trial.Inputs);
        if (model.Inputs == 0)
            return;
        TimeSeries[] inputs = [.. trials.Select(trial => trial.Inputs!)];
        for (int k = 0; k < model.Inputs; k++)
            if (IsConstant(inputs, k))
                throw new ArgumentException($"The input '{inputs[0].Names[k]}' is constant: leave it out.");
    }

    private static bool IsConstant(IReadOnlyList<TimeSeries> trials, int n)
    {
        double first = double.NaN;
        foreach (TimeSeries trial in trials)
            for (int t = 0; t < trial.Length; t++)
            {
                double value = trial[t, n];
                if (double.IsNaN(first))
                    first = value;
                else if (!double.IsNaN(value) && value != first)
                    return false;
            }
        return true;
    }

    private static void Positive(long value, string name)
    {
        if (value <= 0)
            throw new ArgumentException($"The {name} must be positive, not {value}.");
    }

    private static void NotNegative(double value, string name)
    {
        if (!(value >= 0) || !double.IsFinite(value))
            throw new ArgumentException($"The {name} must be a number of at least 0, not {value}.");
    }
}
