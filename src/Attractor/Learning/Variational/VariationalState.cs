namespace Attractor.Learning;

/// <summary>Everything that black-box variational inference needs to go on to the same bits: where it is after a window of steps.</summary>
public sealed record VariationalState : ILearnerState<VariationalState>
{
    private const string OptimizerPrefix = "optimizer.";

    /// <summary>The parameters of the Gaussian as they are, with the moments of the optimiser; its updates are the steps.</summary>
    public required TrainingState Optimizer { get; init; }

    /// <summary>The bound over the windows so far.</summary>
    public required IReadOnlyList<BoundPoint> Trace { get; init; }

    /// <summary>The parameters of the Gaussian as a solution: averaged over the last window.</summary>
    public required IReadOnlyList<double> Solution { get; init; }

    /// <summary>Whether the fit has converged.</summary>
    public bool HasConverged { get; init; }

    /// <summary>Where the search for the rate is.</summary>
    internal RateSearch Search { get; init; } = RateSearch.Begin(1);

    /// <inheritdoc/>
    public LearnerState ToTensors()
    {
        WindowBound candidate = Search.CandidateBound;
        List<StateTensor> tensors =
        [
            new("solution", Solution),
            new("trace", [.. Trace.SelectMany(p => (double[])[p.Step, p.Bound, p.StandardError, p.LearningRate])]),
        ];
        if (Search.Candidate is not null)
            tensors.AddRange([new("candidate", Search.Candidate), new("candidate_bound", [candidate.Mean, candidate.StandardError])]);
        if (Search.Last is { } last)
            tensors.Add(new("last_bound", [last.Mean, last.StandardError]));
        Dictionary<string, string> words = new()
        {
            ["rate"] = LearnerState.Word(Search.Rate),
            ["window_length"] = LearnerState.Word(Search.WindowLength),
            ["converged"] = LearnerState.Word(HasConverged),
        };
        return new LearnerState(tensors, words).With(OptimizerPrefix, Optimizer.ToTensors());
    }

    /// <inheritdoc/>
    public static VariationalState FromTensors(LearnerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        double[] trace = state.Tensor("trace");
        if (trace.Length % 4 != 0)
            throw new FormatException($"its trace has {trace.Length} values, expected four for each window");
        RateSearch search = new(state.Number("rate"), (int)state.Whole("window_length", 1, int.MaxValue));
        if (state.Has("candidate"))
            search = search with { Candidate = state.Tensor("candidate"), CandidateBound = Bound(state, "candidate_bound") };
        if (state.Has("last_bound"))
            search = search with { Last = Bound(state, "last_bound") };
        return new()
        {
            Optimizer = TrainingState.FromTensors(state.Part(OptimizerPrefix)),
            Trace = [.. trace.Chunk(4).Select(p => new BoundPoint((long)p[0], p[1], p[2], p[3]))],
            Solution = state.Tensor("solution"),
            HasConverged = state.Flag("converged"),
            Search = search,
        };
    }

    private static WindowBound Bound(LearnerState state, string name)
        => state.Tensor(name) is [double mean, double error]
            ? new(mean, error)
            : throw new FormatException($"its tensor '{name}' is not a mean and a standard error");
}
