namespace Attractor.Learning;

/// <summary>Everything that the search for the mode of a posterior needs to go on to the same bits.</summary>
public sealed record LaplaceState : ILearnerState<LaplaceState>
{
    /// <summary>Where the search is, in unconstrained numbers: D values.</summary>
    public required IReadOnlyList<double> Point { get; init; }

    /// <summary>Steps of the quasi-Newton method so far.</summary>
    public required int Steps { get; init; }

    /// <summary>The negative log density there.</summary>
    internal double Value { get; init; }

    /// <summary>Its gradient.</summary>
    internal IReadOnlyList<double> Gradient { get; init; } = [];

    /// <summary>What is known of the inverse of its Hessian, D x D.</summary>
    internal IReadOnlyList<double> InverseHessian { get; init; } = [];

    /// <summary>Whether nothing is known of it yet.</summary>
    internal bool IsSteepest { get; init; }

    /// <summary>How often the curvature at the end of a search sent it on.</summary>
    internal int Round { get; init; }

    /// <inheritdoc/>
    public LearnerState ToTensors() => new(
        [new("point", Point), new("gradient", Gradient), new("inverse_hessian", InverseHessian)],
        new Dictionary<string, string>
        {
            ["steps"] = LearnerState.Word(Steps),
            ["value"] = LearnerState.Word(Value),
            ["steepest"] = LearnerState.Word(IsSteepest),
            ["round"] = LearnerState.Word(Round),
        });

    /// <inheritdoc/>
    public static LaplaceState FromTensors(LearnerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        LaplaceState read = new()
        {
            Point = state.FiniteTensor("point"),
            Gradient = state.FiniteTensor("gradient"),
            InverseHessian = state.FiniteTensor("inverse_hessian"),
            Steps = (int)state.Whole("steps", 0, int.MaxValue),
            Value = state.Number("value"),
            IsSteepest = state.Flag("steepest"),
            Round = (int)state.Whole("round", 0, int.MaxValue),
        };
        int d = read.Point.Count;
        return read.Gradient.Count == d && read.InverseHessian.Count == (long)d * d
            ? read
            : throw new FormatException(
                $"its point has {d} values, its gradient {read.Gradient.Count} and its inverse Hessian {read.InverseHessian.Count}");
    }
}
