namespace Attractor.Learning;

/// <summary>A trained readout.</summary>
public sealed record ReadoutResult
{
    /// <summary>The fit, as it was set on the network.</summary>
    public required RidgeFit Fit { get; init; }

    /// <summary>Samples that were fitted.</summary>
    public required long Samples { get; init; }

    /// <summary>The sum of their weights: their number, unless weights were given.</summary>
    public required double Weight { get; init; }

    /// <summary>
    /// Steps after which any two states of the reservoir were the same to 1e-13 under these inputs, with half as many to spare; null if
    /// they stayed apart, it has no echo state property there, or if it was not measured.
    /// </summary>
    public required int? Forgetting { get; init; }

    /// <summary>Whether the series were long enough to ask how fast the reservoir forgets.</summary>
    public required bool ForgettingIsMeasured { get; init; }

    /// <summary>How many segments of the series ran side by side; 1 for one after the other.</summary>
    public required int Segments { get; init; }

    /// <summary>The scores of the lambdas that were tried; empty if it was given.</summary>
    public IReadOnlyList<RidgePoint> Path { get; init; } = [];

    /// <summary>The squared error that weights of 0 leave: the squares of all targets, weighted.</summary>
    public required double SquaredTargets { get; init; }

    /// <summary>
    /// The mean square of the states over units and samples, where the units are bounded by 1: near 1 they are saturated and say nothing
    /// but the sign of their inputs. Null where they are not bounded.
    /// </summary>
    public double? MeanSquaredState { get; init; }

    /// <summary>Whether the units are saturated: their mean square is above 0.9.</summary>
    public bool IsSaturated => MeanSquaredState > 0.9;

    /// <summary>Time it took.</summary>
    public required double Seconds { get; init; }

    /// <summary>The mean squared error per sample and target, weighted.</summary>
    public double MeanSquaredError(int targets) => Fit.SquaredError / (Weight * targets);
}
