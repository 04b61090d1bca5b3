namespace Attractor.Learning;

/// <summary>Everything that a training by gradients needs to go on to the same bits, and nothing else.</summary>
public sealed record TrainingState : ILearnerState<TrainingState>
{
    private const string SelectedPrefix = "selected.";

    /// <summary>Updates done.</summary>
    public required long Update { get; init; }

    /// <summary>The flat parameter buffer, in the model's order; exact also when training ran in float32.</summary>
    public required double[] Parameters { get; init; }

    /// <summary>The optimiser's moments, each as long as <see cref="Parameters"/>; none for plain gradient descent.</summary>
    public required double[][] Moments { get; init; }

    /// <summary>Factor on the learning rate: halved by every divergence that was undone.</summary>
    public double LearningRateScale { get; init; } = 1;

    /// <summary>Divergences undone so far.</summary>
    public int Divergences { get; init; }

    /// <summary>The strength of forcing where it follows the network; null where it is given.</summary>
    public double? Alpha { get; init; }

    /// <summary>The best candidate so far, of a training that selects; null without one.</summary>
    public SelectedState? Selected { get; init; }

    /// <inheritdoc/>
    public LearnerState ToTensors() => Selected is { } best ? Own().With(SelectedPrefix, best.ToTensors()) : Own();

    private LearnerState Own()
    {
        Dictionary<string, string> words = new()
        {
            ["update"] = LearnerState.Word(Update),
            ["learning_rate_scale"] = LearnerState.Word(LearningRateScale),
            ["divergences"] = LearnerState.Word(Divergences),
        };
        if (Alpha is { } alpha)
            words["alpha"] = LearnerState.Word(alpha);
        return new(LearnerState.Optimized(Parameters, Moments), words);
    }

    /// <inheritdoc/>
    public static TrainingState FromTensors(LearnerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        TrainingState read = new()
        {
            Update = state.Whole("update"),
            Parameters = state.Tensor("parameters"),
            Moments = state.Moments(),
            LearningRateScale = state.Number("learning_rate_scale"),
            Alpha = state.Words.ContainsKey("alpha") ? state.Number("alpha") : null,
            Divergences = (int)state.Whole("divergences", 0, int.MaxValue),
            Selected = state.Has(SelectedPrefix + "parameters") ? SelectedState.FromTensors(state.Part(SelectedPrefix)) : null,
        };
        if (!(read.LearningRateScale > 0))
            throw new FormatException("its learning-rate scale is not above 0");
        if (read.Alpha is < 0 or > 1)
            throw new FormatException("its forcing strength alpha is not within 0 to 1");
        if (read.Selected is { } best && (best.Parameters.Length != read.Parameters.Length || best.Moments.Length != read.Moments.Length))
            throw new FormatException("its selected state is that of another model or optimiser");
        return Array.TrueForAll([.. read.Moments, .. read.Selected?.Moments ?? []], m => m.Length == read.Parameters.Length)
            ? read
            : throw new FormatException("its moments are not as long as its parameters");
    }
}
