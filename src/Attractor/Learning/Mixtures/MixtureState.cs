using Attractor.Models;

namespace Attractor.Learning;

/// <summary>Everything that the fit of a mixture needs to go on to the same bits.</summary>
public sealed record MixtureState : ILearnerState<MixtureState>
{
    private const string StartPrefix = "start.";

    /// <summary>The bound after each sweep (stochastic: each epoch), of each start so far; the last of them is being fitted.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Traces { get; init; }

    /// <summary>The numbers that say the posterior after the last sweep.</summary>
    public required IReadOnlyList<double> Parameters { get; init; }

    /// <summary>The expected number of rows of each component then.</summary>
    public required IReadOnlyList<double> Counts { get; init; }

    /// <summary>The best of the starts that are done; null if none is.</summary>
    public MixtureOutcome? Best { get; init; }

    /// <summary>Whether the last of the starts is done as well: what goes on from here is the next one, if there is to be one.</summary>
    public bool Done { get; init; }

    /// <summary>
    /// Of stochastic inference that still looks for where to set out from: the fit of a sample. Then there are no traces yet.
    /// </summary>
    public MixtureState? Start { get; init; }

    /// <summary>Sweeps or epochs in all.</summary>
    public long Updates => Traces.Sum(t => (long)t.Count);

    /// <summary>Gives a mixture of the same components and columns the posterior of this state.</summary>
    /// <exception cref="ArgumentException">It is of other components or columns.</exception>
    public void CopyTo(Mixture mixture)
    {
        ArgumentNullException.ThrowIfNull(mixture);
        mixture.Restore([.. Parameters]);
    }

    /// <inheritdoc/>
    public LearnerState ToTensors()
    {
        List<StateTensor> tensors = [new("parameters", Parameters), new("counts", Counts)];
        Dictionary<string, string> words = new() { ["done"] = LearnerState.Word(Done) };
        if (Traces.Count > 0)
            tensors.AddRange(
                [new("traces", [.. Traces.SelectMany(t => t)]), new("trace_lengths", [.. Traces.Select(t => (double)t.Count)])]);
        if (Best is { } best)
        {
            tensors.AddRange([new("best.parameters", best.Parameters), new("best.counts", best.Counts), new("best.terms", best.Terms)]);
            words["best_restart"] = LearnerState.Word(best.Restart);
            words["best_converged"] = LearnerState.Word(best.Converged);
        }
        LearnerState state = new(tensors, words);
        return Start is null ? state : state.With(StartPrefix, Start.ToTensors());
    }

    /// <inheritdoc/>
    public static MixtureState FromTensors(LearnerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        LearnerState start = state.Part(StartPrefix);
        bool isStarting = start.Tensors.Count > 0;
        List<IReadOnlyList<double>> traces = isStarting ? [] : Split(state.FiniteTensor("traces"), state.FiniteTensor("trace_lengths"));
        return new()
        {
            Parameters = state.FiniteTensor("parameters"),
            Counts = state.FiniteTensor("counts"),
            Traces = traces,
            Done = state.Flag("done"),
            Best = state.Has("best.parameters")
                ? new(
                    (int)state.Whole("best_restart", 0, traces.Count - 1),
                    state.FiniteTensor("best.parameters"),
                    state.FiniteTensor("best.counts"),
                    state.FiniteTensor("best.terms"), state.Flag("best_converged"))
                : null,
            Start = isStarting ? FromTensors(start) : null,
        };
    }

    private static List<IReadOnlyList<double>> Split(double[] traces, double[] lengths)
    {
        if (lengths.Length == 0 || lengths.Any(l => l < 1 || l != Math.Floor(l)) || lengths.Sum() != traces.Length)
            throw new FormatException("its traces are not as long as it says");
        List<IReadOnlyList<double>> split = [];
        int at = 0;
        foreach (double length in lengths)
        {
            split.Add(traces.AsSpan(at, (int)length).ToArray());
            at += (int)length;
        }
        return split;
    }
}
