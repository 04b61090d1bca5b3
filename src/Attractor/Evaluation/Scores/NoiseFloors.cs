using Attractor.Systems;

namespace Attractor.Evaluation;

/// <summary>What a perfect model would score on the same data: the zero that each score can be held against.</summary>
/// <param name="StateSpaceDivergence">Of D_stsp.</param>
/// <param name="HellingerDistance">Of D_H.</param>
/// <param name="PredictionError">Of PE(n).</param>
public sealed record NoiseFloors(double StateSpaceDivergence, double HellingerDistance, double PredictionError)
{
    /// <summary>
    /// The orbit of a perfect model with what it was compared with, for the floors of other scores that compare
    /// orbits; null if only the numbers are known.
    /// </summary>
    public (TimeSeries Truth, TimeSeries Orbit)? Reference { get; init; }

    /// <summary>The most starts from which analogues are looked for.</summary>
    public const int MostAnalogueStarts = 1000;

    /// <summary>
    /// The score that the data earns as a model of itself: the first half is compared, as if it were generated, with the
    /// second, and forecasts it by analogues. Half the points cost something: these floors are above those of a second recording.
    /// </summary>
    /// <remarks>NaN for D_stsp where a half has a variable that stands still.</remarks>
    /// <exception cref="ArgumentException">The truth has fewer than 4 rows.</exception>
    public static NoiseFloors OfHalves(TimeSeries truth, EvaluationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(truth);
        if (truth.Length < 4)
            throw new ArgumentException($"Expected at least 4 rows to halve, found {truth.Length}.", nameof(truth));
        options ??= new();
        int half = truth.Length / 2;
        // The form is that of the scores, which all rows are compared in.
        options = options with { Form = options.Form ?? DivergenceForm.Of(truth, options.Bins) };
        return OfRecording(truth.Slice(truth.Length - half, half), truth.Slice(0, half), options, cancellationToken);
    }

    /// <summary>
    /// An independent recording of the true system in the same units, scored like a model's orbit; it forecasts by analogues.
    /// </summary>
    /// <remarks>Of a recording that is longer than the truth, the first rows are taken.</remarks>
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    public static NoiseFloors OfRecording(
        TimeSeries truth, TimeSeries recording, EvaluationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ComparedRows.RequireSameDimension(truth, recording);
        options ??= new();
        TimeSeries cut = recording.Length > truth.Length ? recording.Slice(0, truth.Length) : recording;
        return new(
            ComparedRows.AnyConstant(truth) ? double.NaN : Divergence(truth, cut, options),
            Evaluation.HellingerDistance.Between(truth, cut, options.SpectrumSmoothing),
            Evaluation.PredictionError.OfAnalogues(cut, truth, options.PredictionSteps, MostAnalogueStarts, cancellationToken))
        {
            Reference = (truth, cut),
        };
    }

    /// <summary>
    /// The floors of several recordings at once: D_stsp of all rows together, the mean of D_H weighted by the rows, analogues from all
    /// second parts, each within one.
    /// </summary>
    /// <param name="pairs">What is compared, each with what is compared with it.</param>
    /// <param name="options">How models are evaluated; the form is given.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    internal static NoiseFloors Pooled(
        IReadOnlyList<(TimeSeries Truth, TimeSeries Orbit)> pairs, EvaluationOptions options, CancellationToken cancellationToken)
    {
        TimeSeries truth = ComparedRows.Joined(pairs.Select(pair => pair.Truth));
        TimeSeries orbit = ComparedRows.Joined(pairs.Select(pair => pair.Orbit));
        return new(
            ComparedRows.AnyConstant(truth) ? double.NaN : Divergence(truth, orbit, options),
            pairs.Sum(pair => pair.Truth.Length
                * Evaluation.HellingerDistance.Between(pair.Truth, pair.Orbit, options.SpectrumSmoothing)) / truth.Length,
            Evaluation.PredictionError.OfAnalogues(pairs, options.PredictionSteps, MostAnalogueStarts, cancellationToken))
        {
            Reference = (truth, orbit),
        };
    }

    /// <summary>The true system itself, in the units of the data (<see cref="StandardizedMap"/>), scored exactly like a model.</summary>
    /// <exception cref="ArgumentException">The system observes another number of variables.</exception>
    public static NoiseFloors OfSystem(
        TimeSeries truth, IObservedMap system, EvaluationOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        TimeSeries orbit = ComparedOrbit.Against(truth, system, cancellationToken);
        return new(
            Divergence(truth, orbit, options),
            Evaluation.HellingerDistance.Between(truth, orbit, options.SpectrumSmoothing),
            Evaluation.PredictionError.Of(system, truth, options.PredictionSteps, options.MaximumPredictionStarts, cancellationToken))
        {
            Reference = (truth, orbit),
        };
    }

    /// <summary>D_stsp as the options have it.</summary>
    internal static double Divergence(TimeSeries truth, TimeSeries orbit, EvaluationOptions options)
        => (options.Form ?? DivergenceForm.Of(truth, options.Bins)).Between(truth, orbit);
}
