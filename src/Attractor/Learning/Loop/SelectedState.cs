namespace Attractor.Learning;

/// <summary>The candidate that a <see cref="StateSelection"/> has chosen so far.</summary>
/// <param name="Update">Updates done when it was judged.</param>
/// <param name="Score">Its score.</param>
/// <param name="Lowest">The lowest score of any candidate.</param>
/// <param name="Parameters">The flat parameter buffer, in the model's order.</param>
/// <param name="Moments">The optimiser's moments beside it.</param>
/// <param name="Strikes">Bad candidates in a row since.</param>
public sealed record SelectedState(long Update, double Score, double Lowest, double[] Parameters, double[][] Moments, int Strikes)
    : ILearnerState<SelectedState>
{
    /// <inheritdoc/>
    public LearnerState ToTensors() => new(
        LearnerState.Optimized(Parameters, Moments),
        new Dictionary<string, string>
        {
            ["update"] = LearnerState.Word(Update),
            ["score"] = LearnerState.Word(Score),
            ["lowest"] = LearnerState.Word(Lowest),
            ["strikes"] = LearnerState.Word(Strikes),
        });

    /// <inheritdoc/>
    public static SelectedState FromTensors(LearnerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new(
            state.Whole("update"),
            state.Number("score"),
            state.Number("lowest"),
            state.FiniteTensor("parameters"),
            state.Moments(),
            (int)state.Whole("strikes", 0, int.MaxValue));
    }
}
