using Attractor.Data;
using Attractor.Models.Recurrent;

namespace Attractor.Learning;

/// <summary>What must hold before a training starts; each failure is one sentence that says how to mend it.</summary>
internal static class TrainingChecks
{
    public static void Check(RecurrentModel model, IReadOnlyList<TimeSeries> trials, TrainingOptions options)
    {
        CheckSizes(options);
        if (trials.Count == 0)
            throw new ArgumentException("There is no series to train on.", nameof(trials));
        foreach (TimeSeries trial in trials)
            CheckSeries(model, trial, options);
    }

    private static void CheckSizes(TrainingOptions options)
    {
        Positive(options.SequenceLength, "sequence length");
        Positive(options.BatchSize, "batch size");
        Positive(options.Updates, "number of updates");
        if (options.WarmUp < 0 || options.WarmUp >= options.SequenceLength)
            throw new ArgumentException($"The warm-up of {options.WarmUp} steps must be at least 0 and shorter than the sequence of {options.SequenceLength}.");
        NotNegative(options.GradientClip, "gradient clip");
        NotNegative(options.L2, "L2 weight");
        NotNegative(options.InputNoise, "input noise");
        double rate = options.LearningRate.At(0, options.Updates);
        if (!(rate > 0) || !double.IsFinite(rate))
            throw new ArgumentException($"The learning rate must be a positive number, not {rate}.");
    }

    private static void CheckSeries(RecurrentModel model, TimeSeries series, TrainingOptions options)
    {
        if (series.Dimension != model.Observed)
            throw new ArgumentException($"The model observes {model.Observed} variables, the data have {series.Dimension}.");
        ReadOnlySpan<double> values = series.Values;
        for (int i = 0; i < values.Length; i++)
            if (!double.IsFinite(values[i]) && !(options.Missing == MissingValues.Skip && double.IsNaN(values[i])))
                throw new ArgumentException($"Row {i / series.Dimension}, column {i % series.Dimension} of the data is {values[i]}.");
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
