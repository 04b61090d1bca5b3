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
        if (model.Observation is { } observation)
        {
            if (options.Forcing is AdaptiveTeacherForcing)
                throw new ArgumentException(
                    $"Adaptive forcing looks at the data as states, and {observation.Family} observations are none: "
                    + "force sparsely, or with a strength that stays.");
            if (options.InputNoise > 0)
                throw new ArgumentException(
                    $"Noise on inputs is for real variables: those of {observation.Family} observations come from an encoder, with "
                    + "its own.");
            foreach (TimeSeries trial in trials)
                CheckValues(observation, trial);
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
    internal static void CheckValues(ObservationModel observation, TimeSeries series)
    {
        for (int t = 0; t < series.Length; t++)
            for (int n = 0; n < series.Dimension; n++)
            {
                double value = series[t, n];
                // A grey value is the expectation of a pixel, not an observation.
                bool isGrey = observation.Support == Domain.Binary && value is not (0 or 1);
                string? refusal = observation.Refusal(value) ?? (isGrey ? "a Bernoulli decoder observes 0 or 1" : null);
                if (!double.IsNaN(value) && refusal is { } why)
                    throw new ArgumentException(
                        FormattableString.Invariant($"Column '{series.Names[n]}' of the data holds {value:R} in row {t}: {why}."));
            }
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
