namespace Attractor.Evaluation;

/// <summary>
/// A score that compares two orbits, whatever made them; its floor is that of the orbit of a perfect model, compared alike.
/// </summary>
public abstract class OrbitScore : ReconstructionScore
{
    /// <summary>The key in JSON, in snake_case.</summary>
    public abstract string Key { get; }

    /// <summary>What it is: "State-space divergence".</summary>
    public abstract string Name { get; }

    /// <summary>Its symbol; empty if it has none.</summary>
    public virtual string Symbol => "";

    /// <summary>What it says, in a sentence, with its unit.</summary>
    public abstract string Explanation { get; }

    /// <summary>How far an orbit is from the truth: 0 at best.</summary>
    /// <param name="truth">T x N.</param>
    /// <param name="generated">Any length, N variables; what is not finite makes it NaN or infinite, never an error.</param>
    /// <param name="options">How models are evaluated.</param>
    public abstract double Between(TimeSeries truth, TimeSeries generated, EvaluationOptions options);

    /// <summary>
    /// Whether it asks in which order rows come, as a spectrum does: then it is taken of each recording and averaged; otherwise it is taken
    /// of the rows of all recordings together.
    /// </summary>
    public virtual bool DependsOnOrder => true;

    /// <inheritdoc/>
    protected internal override ScoreEntry Pool(
        IReadOnlyList<ScoreEntry> entries,
        IReadOnlyList<EvaluatedModel> recordings,
        NoiseFloors floors,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recordings);
        return DependsOnOrder ? base.Pool(entries, recordings, floors, cancellationToken) : Of(
            recordings[0] with
            {
                Truth = ComparedRows.Joined(recordings.Select(recording => recording.Truth)),
                Generated = ComparedRows.Joined(recordings.Select(recording => recording.Generated)),
                Floors = floors,
                Share = 1,
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public override ScoreEntry Of(EvaluatedModel evaluated, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(evaluated);
        cancellationToken.ThrowIfCancellationRequested();
        return Entry(new(Between(evaluated.Truth, evaluated.Generated, evaluated.Options), Floor(evaluated))) with
        {
            Ceiling = Ceiling(evaluated.Floors.Reference, evaluated.Options),
            Warning = Warning(evaluated.Truth, evaluated.Options),
        };
    }

    /// <summary>
    /// Orbits that know nothing of the dynamics and that this score is to tell from a perfect model's; none unless a score says so.
    /// </summary>
    /// <param name="perfect">The orbit of a perfect model, complete rows.</param>
    /// <param name="options">How models are evaluated.</param>
    protected internal virtual IEnumerable<TimeSeries> WithoutDynamics(TimeSeries perfect, EvaluationOptions options) => [];

    /// <summary>What to mind when reading the score of these data, in a sentence; null if nothing.</summary>
    /// <param name="truth">T x N.</param>
    /// <param name="options">How models are evaluated.</param>
    protected internal virtual string? Warning(TimeSeries truth, EvaluationOptions options) => null;

    /// <summary>The lowest score of an orbit without dynamics; null where none is known.</summary>
    internal double? Ceiling((TimeSeries Truth, TimeSeries Orbit)? reference, EvaluationOptions options)
    {
        if (reference is not var (truth, orbit) || ComparedRows.AnyConstant(truth))
            return null;
        TimeSeries complete = ComparedRows.Complete(orbit);
        if (complete.Length == 0)
            return null;
        double[] scores = [.. WithoutDynamics(complete, options).Select(o => Between(truth, o, options)).Where(s => !double.IsNaN(s))];
        return scores.Length > 0 ? scores.Min() : null;
    }

    /// <summary>What a perfect model would score; NaN where none can be had.</summary>
    protected virtual double Floor(EvaluatedModel evaluated)
    {
        ArgumentNullException.ThrowIfNull(evaluated);
        return evaluated.Floors.Reference is var (truth, orbit) ? Between(truth, orbit, evaluated.Options) : double.NaN;
    }

    internal ScoreEntry Entry(Score score) => new(Key, Name, Symbol, score.Value, score.Floor, Explanation);
}
