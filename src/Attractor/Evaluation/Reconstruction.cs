using Attractor.Evaluation;
using Attractor.Systems;

namespace Attractor;

/// <summary>How well a generated orbit reconstructs the true dynamics: its geometry and its temporal structure.</summary>
/// <param name="StateSpaceDivergence">D_stsp, in nats, and its floor.</param>
/// <param name="HellingerDistance">D_H, in 0 .. 1, and its floor.</param>
public sealed record Reconstruction(Score StateSpaceDivergence, Score HellingerDistance)
{
    private static readonly DivergenceScore s_divergence = new();
    private static readonly SpectrumScore s_spectrum = new();

    /// <summary>What is asked of a model unless the options say otherwise: geometry, spectra, forecasts short and long, chaos.</summary>
    public static IReadOnlyList<ReconstructionScore> DefaultScores { get; } =
    [
        s_divergence,
        s_spectrum,
        new PredictionScore(),
        new ValidTimeScore(),
        new LyapunovScore()
    ];

    /// <summary>Both, as they are printed.</summary>
    public IReadOnlyList<ScoreEntry> Scores => [s_divergence.Entry(StateSpaceDivergence), s_spectrum.Entry(HellingerDistance)];

    /// <summary>Compares a generated orbit with the truth.</summary>
    /// <param name="truth">T x N.</param>
    /// <param name="generated">Any length (best T), N variables, in the units of the truth.</param>
    /// <param name="floors">What a perfect model would score; of the two halves of the truth if absent.</param>
    /// <param name="options">Bins and smoothing.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The dimensions differ, or a variable of the truth is constant.</exception>
    public static Reconstruction Compare(
        TimeSeries truth,
        TimeSeries generated,
        NoiseFloors? floors = null,
        EvaluationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ComparedRows.RequireSameDimension(truth, generated);
        options = Formed(options, truth);
        floors ??= NoiseFloors.OfHalves(truth, options, cancellationToken);
        return new(
            new(NoiseFloors.Divergence(truth, generated, options), floors.StateSpaceDivergence),
            new(Evaluation.HellingerDistance.Between(truth, generated, options.SpectrumSmoothing), floors.HellingerDistance));
    }

    /// <summary>Compares a generated orbit with the truth, and the known system with it for the floors.</summary>
    /// <param name="truth">T x N.</param>
    /// <param name="generated">Any length (best T), N variables, in the units of the truth.</param>
    /// <param name="system">The true system in the units of the truth: <see cref="StandardizedMap"/>.</param>
    /// <param name="options">Bins and smoothing.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The dimensions differ, or a variable of the truth is constant.</exception>
    public static Reconstruction Compare(
        TimeSeries truth,
        TimeSeries generated,
        IObservedMap system,
        EvaluationOptions? options = null,
        CancellationToken cancellationToken = default)
        => Compare(truth, generated, NoiseFloors.OfSystem(truth, system, options, cancellationToken), options, cancellationToken);

    /// <summary>
    /// Lets a model run freely from the first row of the truth for 1.25 T steps, drops 0.25 T, and asks of it everything:
    /// geometry, spectra, short-term forecasts, chaos.
    /// </summary>
    /// <param name="model">A trained model, or any observed map in the units of the truth.</param>
    /// <param name="truth">T x N.</param>
    /// <param name="options">What is asked, and how.</param>
    /// <param name="floors">What a perfect model would score; of the two halves of the truth if absent.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The model observes another number of variables, or a variable of the truth is
    /// constant.</exception>
    public static ModelEvaluation Evaluate(
        IObservedMap model,
        TimeSeries truth,
        EvaluationOptions? options = null,
        NoiseFloors? floors = null,
        CancellationToken cancellationToken = default)
    {
        options = Formed(options, truth);
        EvaluatedModel evaluated = Evaluated(model, truth, options, floors, cancellationToken);
        return new()
        {
            Scores = [.. options.Scores.Select(s => s.Of(evaluated, cancellationToken))],
            PredictionSteps = options.PredictionSteps,
            Finite = ComparedRows.IsFinite(evaluated.Generated.Values),
            Generated = evaluated.Generated,
            Form = options.Form,
        };
    }

    /// <summary>
    /// Holds a model against several recordings of the same variables: it runs freely beside each, and each score is taken over all, none
    /// across a border (<see cref="ReconstructionScore.Pool"/>): D_stsp and its mixture form of the rows of all together, D_H the mean by
    /// rows, prediction errors and times over the starts within all, the exponent from the longest.
    /// </summary>
    /// <param name="model">A trained model, or any observed map in the units of the truth.</param>
    /// <param name="trials">The recordings.</param>
    /// <param name="options">What is asked, and how.</param>
    /// <param name="references">
    /// Independent recordings for the floors, in turn beside each; the halves of each recording if null.
    /// </param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The model observes another number of variables, or there is no recording that can be
    /// scored.</exception>
    public static ModelEvaluation EvaluateTrials(
        IObservedMap model,
        IReadOnlyList<TimeSeries> trials,
        EvaluationOptions? options = null,
        IReadOnlyList<TimeSeries>? references = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trials);
        if (trials.Count == 0)
            throw new ArgumentException("Expected at least one recording.", nameof(trials));
        return trials.Count == 1
            ? Evaluate(
                model,
                trials[0],
                Formed(options, trials[0]),
                references is null
                    ? null
                    : NoiseFloors.OfRecording(trials[0], references[0], Formed(options, trials[0]), cancellationToken),
                cancellationToken)
            : TrialScoring.Of(model, trials, Formed(options, ComparedRows.Joined(trials)), references, cancellationToken);
    }

    internal static EvaluatedModel Evaluated(
        IObservedMap model, TimeSeries truth, EvaluationOptions options, NoiseFloors? floors, CancellationToken cancellationToken)
    {
        TimeSeries orbit = ComparedOrbit.Against(truth, model, cancellationToken);
        floors ??= NoiseFloors.OfHalves(truth, options, cancellationToken);
        return new(model, truth, orbit, floors, options);
    }

    private static EvaluationOptions Formed(EvaluationOptions? options, TimeSeries truth)
    {
        ArgumentNullException.ThrowIfNull(truth);
        options ??= new();
        return options.Form is null ? options with { Form = DivergenceForm.Of(truth, options.Bins) } : options;
    }
}
