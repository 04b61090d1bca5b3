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
        if (Constant(data) is { } constant)
            throw new ArgumentException($"Variable '{constant}' of the data is constant: leave it out.", nameof(data));
        return OfJudged([data], options, cancellationToken);
    }

    /// <summary>
    /// The floor of several recordings of the same variables: parts of each are compared with other parts of the same one, D_stsp of the
    /// rows of all together, D_H as the mean by rows, analogues within one recording each.
    /// </summary>
    /// <param name="trials">Those that <see cref="WhyNot"/> says nothing of serve.</param>
    /// <param name="options">How models are evaluated.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">None of them serves.</exception>
    public static DataFloor OfTrials(
        IReadOnlyList<TimeSeries> trials, EvaluationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trials);
        if (trials.Count == 0)
            throw new ArgumentException("Expected at least one recording.", nameof(trials));
        TimeSeries[] judged = [.. trials.Where(trial => WhyNot(trial) is null)];
        return judged.Length > 0
            ? OfJudged(judged, options, cancellationToken)
            : throw new ArgumentException(
                $"None of {trials.Count} recordings has a floor: of the first, {WhyNot(trials[0])}.", nameof(trials));
    }

    /// <summary>Why one of several recordings has no floor, in a few words; null if it has one.</summary>
    public static string? WhyNot(TimeSeries trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return trial.Length < FewestRows ? $"it has fewer than {FewestRows} rows"
            : Constant(trial) is { } constant ? $"'{constant}' is constant in it"
            : null;
    }

    /// <summary>The fewest rows of data.</summary>
    public const int FewestRows = 100;

    private static DataFloor OfJudged(IReadOnlyList<TimeSeries> data, EvaluationOptions? options, CancellationToken cancellationToken)
    {
        options ??= new();
        options = options with { Form = options.Form ?? DivergenceForm.Of(Joined(data), options.Bins) };
        FloorOfLength[] lengths = [.. s_parts.Select(part => Floor(Pairs(data, part), options, cancellationToken))];
        (TimeSeries Truth, TimeSeries Perfect)[] halves = Pairs(data, 2);
        List<OrbitScore> asked = [new DivergenceScore(), new SpectrumScore()];
        if (options.Form.Components is not null)
            asked.Add(new MixtureScore());
        return new(
            options.Form,
            lengths,
            [.. Baselined(halves, options, cancellationToken)],
            [.. asked.Select(score => score.Entry(new(double.NaN, AnyConstant(halves) ? double.NaN : Pooled(score, halves, options))) with
            {
                Ceiling = score.DependsOnOrder
                    ? Mean(halves, pair => score.Ceiling(pair, options))
                    : score.Ceiling((Joined(halves.Select(pair => pair.Truth)), Joined(halves.Select(pair => pair.Perfect))), options),
                Warning = score.Warning(score.DependsOnOrder ? data.MaxBy(one => one.Length)! : Joined(data), options),
            })]);
    }

    // As far apart as a recording goes.
    private static (TimeSeries Truth, TimeSeries Perfect)[] Pairs(IReadOnlyList<TimeSeries> data, int part)
        => [.. data.Select(one => (one.Slice(one.Length - (one.Length / part), one.Length / part), one.Slice(0, one.Length / part)))];

    private static FloorOfLength Floor(
        (TimeSeries Truth, TimeSeries Perfect)[] pairs, EvaluationOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(
            pairs.Sum(pair => pair.Truth.Length),
            Pooled(new DivergenceScore(), pairs, options),
            Pooled(new SpectrumScore(), pairs, options),
            PredictionError.OfAnalogues(pairs, options.PredictionSteps, NoiseFloors.MostAnalogueStarts, cancellationToken),
            [.. s_bins.Append(options.Form!.Bins).Distinct().OrderDescending().Select(bins => (
                bins, Pooled(new DivergenceScore(), pairs, options with { Form = options.Form.WithBins(bins) })))]);
    }

    private static IEnumerable<BaselineScores> Baselined(
        (TimeSeries Truth, TimeSeries Perfect)[] pairs, EvaluationOptions options, CancellationToken cancellationToken)
    {
        double rows = pairs.Sum(pair => (double)pair.Truth.Length);
        if (pairs.All(pair => ComparedRows.Complete(pair.Perfect).Length > 0))
        {
            yield return Orbits("surrogate", "phase-randomised surrogate", one => PhaseRandomizedSurrogate.Of(one, options.Seed));
            yield return Orbits("noise", "white noise with the covariance", one => GaussianSurrogate.Of(one, options.Seed));
            yield return Orbits("mean", "the mean", OrbitsWithoutDynamics.Point);
        }
        Persistence persistence = new(pairs[0].Truth.Dimension);
        yield return Scored(
            "persistence",
            "persistence",
            pair => ComparedOrbit.Against(pair.Truth, persistence, cancellationToken),
            pair => PredictionError.Of(
                persistence, pair.Truth, options.PredictionSteps, Starts(options.MaximumPredictionStarts, pair), cancellationToken));
        Dictionary<TimeSeries, ContextParroting> parrots = pairs.ToDictionary(
            pair => pair.Perfect,
            pair => new ContextParroting(pair.Perfect),
            (IEqualityComparer<TimeSeries>)ReferenceEqualityComparer.Instance);
        yield return Scored(
            "parroting",
            "context parroting",
            pair => parrots[pair.Perfect].Continue(
                pair.Truth, parrots[pair.Perfect].Coordinates - 1, pair.Truth.Length - parrots[pair.Perfect].Coordinates),
            pair => parrots[pair.Perfect].PredictionErrorOn(
                pair.Truth, options.PredictionSteps, Starts(MostParrotedStarts, pair), cancellationToken));

        BaselineScores Orbits(string key, string name, Func<TimeSeries, TimeSeries> orbit)
            => Scored(key, name, pair => orbit(ComparedRows.Complete(pair.Perfect)), _ => double.NaN);

        BaselineScores Scored(
            string key,
            string name,
            Func<(TimeSeries Truth, TimeSeries Perfect), TimeSeries> orbit,
            Func<(TimeSeries Truth, TimeSeries Perfect), double> predictionError)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (TimeSeries Truth, TimeSeries Orbit)[] compared = [.. pairs.Select(pair => (pair.Truth, orbit(pair)))];
            return new(
                key,
                name,
                Pooled(new DivergenceScore(), compared, options),
                Pooled(new SpectrumScore(), compared, options),
                Mean(pairs, pair => predictionError(pair)) ?? double.NaN);
        }

        int Starts(int all, (TimeSeries Truth, TimeSeries Perfect) pair)
            => all == 0 ? 0 : Math.Max(1, (int)Math.Ceiling(all * pair.Truth.Length / rows));
    }

    // A part of the data may stand still where the whole does not.
    private static double Pooled(OrbitScore score, IReadOnlyList<(TimeSeries Truth, TimeSeries Orbit)> pairs, EvaluationOptions options)
    {
        if (score.DependsOnOrder)
            return Mean(pairs, pair => score.Between(pair.Truth, pair.Orbit, options)) ?? double.NaN;
        TimeSeries truth = Joined(pairs.Select(pair => pair.Truth));
        return ComparedRows.AnyConstant(truth) ? double.NaN : score.Between(truth, Joined(pairs.Select(pair => pair.Orbit)), options);
    }

    // By rows; null where it is not known of one of them.
    private static double? Mean(
        IReadOnlyList<(TimeSeries Truth, TimeSeries Orbit)> pairs, Func<(TimeSeries Truth, TimeSeries Orbit), double?> score)
    {
        if (pairs.Count == 1)
            return score(pairs[0]);
        double?[] scores = [.. pairs.Select(score)];
        return Array.TrueForAll(scores, one => one is not null)
            ? pairs.Zip(scores).Sum(one => one.First.Truth.Length * one.Second!.Value) / pairs.Sum(pair => (double)pair.Truth.Length)
            : null;
    }

    private static bool AnyConstant(IReadOnlyList<(TimeSeries Truth, TimeSeries Orbit)> pairs)
        => ComparedRows.AnyConstant(Joined(pairs.Select(pair => pair.Truth)));

    private static TimeSeries Joined(IEnumerable<TimeSeries> recordings)
        => recordings.ToArray() is [var single] ? single : ComparedRows.Joined(recordings);

    private static string? Constant(TimeSeries data) => Enumerable.Range(0, data.Dimension)
        .Where(n => ComparedRows.AnyConstant(data.Columns(n)))
        .Select(n => data.Names[n])
        .FirstOrDefault();
}
