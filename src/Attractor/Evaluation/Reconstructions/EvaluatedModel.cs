using Attractor.Systems;

namespace Attractor.Evaluation;

/// <summary>What a score is made from: a model, the orbit it generated, and the truth.</summary>
/// <param name="Model">The model, in the units of the truth.</param>
/// <param name="Truth">T x N.</param>
/// <param name="Generated">T x N: the model's free run after its transient, see <see cref="ComparedOrbit"/>.</param>
/// <param name="Floors">What a perfect model would score, and the orbit that it would have generated.</param>
/// <param name="Options">What is asked, and how.</param>
public sealed record EvaluatedModel(
    IObservedMap Model, TimeSeries Truth, TimeSeries Generated, NoiseFloors Floors, EvaluationOptions Options)
{
    /// <summary>The part of all rows of an evaluation over several recordings that these are: 1 of a single one.</summary>
    public double Share { get; init; } = 1;

    /// <summary>As many of a number of starts as the rows have a share in, at least one of them; 0, which is all, stays 0.</summary>
    internal int Starts(int all) => all == 0 ? 0 : Math.Max(1, (int)Math.Ceiling(all * Share));
}
