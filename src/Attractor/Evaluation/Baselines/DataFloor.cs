namespace Attractor.Evaluation;

/// <summary>
/// What data let a score decide: what a perfect model would score on them, by their length and the number of bins, and beside it what a
/// phase-randomised surrogate, noise, a point, persistence and context parroting score.
/// </summary>
/// <remarks>The data are a model of themselves: one part is compared with another as if it were generated.</remarks>
public sealed class DataFloor
{
    private const int MostParrotedStarts = 300;

    private static readonly int[] s_parts = [8, 4, 2];
    private static readonly int[] s_bins = [30, 20, 12, 8, 5];

    private DataFloor(
        DivergenceForm form,
        IReadOnlyList<FloorOfLength> lengths,
        IReadOnlyList<BaselineScores> baselines,
        IReadOnlyList<ScoreEntry> scores)
        => (Form, Lengths, Baselines, Scores) = (form, lengths, baselines, scores);

    /// <summary>How D_stsp is taken of these data.</summary>
    public DivergenceForm Form { get; }

    /// <summary>What a perfect model scores on an eighth, a quarter and a half of the rows.</summary>
    public IReadOnlyList<FloorOfLength> Lengths { get; }

    /// <summary>What models that know nothing, or nothing of the dynamics, score on half of the rows.</summary>
    public IReadOnlyList<BaselineScores> Baselines { get; }

    /// <summary>
    /// D_stsp, D_H and, of more than three variables, the mixture form: floor and ceiling on half of the rows; without a model no value.
    /// </summary>
    public IReadOnlyList<ScoreEntry> Scores { get; }

    /// <summary>The floor of data.</summary>
    /// <param name="data">T x N. Rows with missing values are compared as in an evaluation.</param>
    /// <param name="options">How models are evaluated.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">There are fewer than <see cref="FewestRows"/> rows, or a variable is constant.</exception>
    public static DataFloor Of(TimeSeries data, EvaluationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Length < FewestRows)
            throw new ArgumentException($"A floor takes at least {FewestRows} rows, found {data.Length}.", nameof(data));
        for (int n = 0; n < data.Dimension; n++)
            if (ComparedRows.AnyConstant(data.Columns(n)))
                throw new ArgumentException($"Variable '{data.Names[n]}' of the data is constant: leave it out.", nameof(data));
        options ??= new();
        options = options with { Form = options.Form ?? DivergenceForm.Of(data, options.Bins) };
        FloorOfLength[] lengths = [.. s_parts.Select(part => Floor(data, data.Length / part, options, cancellationToken))];
        int half = data.Length / 2;
        TimeSeries truth = data.Slice(data.Length - half, half), perfect = data.Slice(0, half);
        List<OrbitScore> asked = [new DivergenceScore(), new SpectrumScore()];
        if (options.Form.Components is not null)
            asked.Add(new MixtureScore());
        return new(
            options.Form,
            lengths,
            [.. Baselined(truth, perfect, options, cancellationToken)],
            [.. asked.Select(score => score.Entry(new(double.NaN, Divergence(score, truth, perfect, options))) with
            {
                Ceiling = score.Ceiling((truth, perfect), options),
                Warning = score.Warning(data, options),
            })]);
    }

    /// <summary>The fewest rows of data.</summary>
    public const int FewestRows = 100;

    private static FloorOfLength Floor(TimeSeries data, int rows, EvaluationOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // As far apart as the data go.
        TimeSeries truth = data.Slice(data.Length - rows, rows), perfect = data.Slice(0, rows);
        return new(
            rows,
            Divergence(new DivergenceScore(), truth, perfect, options),
            HellingerDistance.Between(truth, perfect, options.SpectrumSmoothing),
            PredictionError.OfAnalogues(perfect, truth, options.PredictionSteps, NoiseFloors.MostAnalogueStarts, cancellationToken),
            [.. s_bins.Append(options.Form!.Bins).Distinct().OrderDescending().Select(bins => (
                bins, Divergence(new DivergenceScore(), truth, perfect, options with { Form = options.Form.WithBins(bins) })))]);
    }

    private static IEnumerable<BaselineScores> Baselined(
        TimeSeries truth, TimeSeries perfect, EvaluationOptions options, CancellationToken cancellationToken)
    {
        TimeSeries complete = ComparedRows.Complete(perfect);
        if (complete.Length > 0)
        {
            yield return Scored("surrogate", "phase-randomised surrogate", PhaseRandomizedSurrogate.Of(complete, options.Seed), double.NaN);
            yield return Scored("noise", "white noise with the covariance", GaussianSurrogate.Of(complete, options.Seed), double.NaN);
            yield return Scored("mean", "the mean", OrbitsWithoutDynamics.Point(complete), double.NaN);
        }
        Persistence persistence = new(truth.Dimension);
        yield return Scored(
            "persistence",
            "persistence",
            ComparedOrbit.Against(truth, persistence, cancellationToken),
            PredictionError.Of(persistence, truth, options.PredictionSteps, options.MaximumPredictionStarts, cancellationToken));
        ContextParroting parrot = new(perfect);
        yield return Scored(
            "parroting",
            "context parroting",
            parrot.Continue(truth, parrot.Coordinates - 1, truth.Length - parrot.Coordinates),
            parrot.PredictionErrorOn(truth, options.PredictionSteps, MostParrotedStarts, cancellationToken));

        BaselineScores Scored(string key, string name, TimeSeries orbit, double predictionError)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new(
                key,
                name,
                Divergence(new DivergenceScore(), truth, orbit, options),
                HellingerDistance.Between(truth, orbit, options.SpectrumSmoothing),
                predictionError);
        }
    }

    // A part of the data may stand still where the whole does not.
    private static double Divergence(OrbitScore score, TimeSeries truth, TimeSeries orbit, EvaluationOptions options)
        => ComparedRows.AnyConstant(truth) ? double.NaN : score.Between(truth, orbit, options);
}
