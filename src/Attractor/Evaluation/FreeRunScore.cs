using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Evaluation;

/// <summary>
/// Judges a network by how it runs on its own beside the data that it is trained on: geometry, spectra, and whether it stays on the
/// attractor.
/// </summary>
/// <remarks>
/// Four free runs from rows spread over the data give D_stsp, of all rows together, and D_H, the mean over the runs; the score is their
/// sum. A run whose end looks like no part of the data has left the attractor, and costs 25: a network that stays comes before any that
/// does not. A candidate that may be chosen is tried further: long runs (<see cref="LongSteps"/>) find orbits that leave late,
/// many short ones (<see cref="ShortSteps"/>), from all regions that the data visit however rarely and from between them, find the basin
/// of another attractor, such as a cycle in the eye of a wing; it pays 100 times the share of those that left.
/// Of more than three variables the geometry is that of the three leading principal components, whose bins the data can fill.
/// </remarks>
public sealed class FreeRunScore : CandidateScore
{
    /// <summary>The most rows of the data that are compared with.</summary>
    public const int MostRows = 50_000;

    /// <summary>The fewest rows that say anything.</summary>
    public const int FewestRows = 500;

    private const int Regions = 12, Runs = 4, MostRunRows = 10_000, MostPieces = 16, MostLongRows = 5000, MostShortRows = 2000;
    private const double CostOfLeaving = 100;

    private readonly JoinedTrials _trials;
    private readonly TimeSeries _data;
    private readonly double _smoothing = new EvaluationOptions().SpectrumSmoothing;
    private readonly LeadingComponents _components;
    private readonly BinnedTruth _binned, _fine;
    private readonly RunEnd _long, _short;
    private readonly IReadOnlyList<int> _visits;

    /// <param name="data">T x N, without missing values; the first <see cref="MostRows"/> serve.</param>
    /// <exception cref="ArgumentException">There are too few rows, a value is missing or infinite, or a variable is constant.</exception>
    public FreeRunScore(TimeSeries data)
        : this(Single(data), filled: data?.Dimension > LeadingComponents.Most)
    {
    }

    /// <summary>Of several recordings: runs set out from rows of all of them, and are compared with all rows together.</summary>
    /// <param name="trials">At least one; of each the complete stretches serve, of more than <see cref="MostRows"/> a share.</param>
    /// <param name="noise">What was smoothed away of them: what it left orbits are given too; null for nothing.</param>
    /// <exception cref="ArgumentException">There are too few rows, or a variable is constant.</exception>
    public FreeRunScore(IReadOnlyList<TimeSeries> trials, NoiseReduction? noise = null)
        : this(JoinedTrials.Of(trials, MostRows), filled: trials?[0].Dimension > LeadingComponents.Most, noise?.Remaining)
    {
    }

    private FreeRunScore(JoinedTrials trials, bool filled, IReadOnlyList<double>? remainingNoise = null)
    {
        TimeSeries data = trials.Rows;
        if (WhyNot(data) is { } reason)
            throw new ArgumentException(reason, nameof(trials));
        (_trials, _data) = (trials, data);
        _components = LeadingComponents.Of(_data);
        TimeSeries seen = _components.Project(_data);
        // In emptier bins than the end of a run can fill another run of the same system is farther than any part of the data.
        _binned = new(seen, filled
            ? DivergenceForm.Of(data.Slice(0, Math.Min(MostShortRows, data.Length / 4))).Bins
            : StateSpaceDivergence.DefaultBins);
        RemainingNoise = remainingNoise ?? [];
        // What comes back to its states often enough to be averaged over these visits fills fine bins.
        _fine = RemainingNoise.Any(sigma => sigma > 0) ? new(seen, StateSpaceDivergence.DefaultBins) : _binned;
        _visits = new BinnedTruth(seen, Regions).FirstVisits(seen);
        _long = EndOf(Math.Min(MostLongRows, _data.Length / 4));
        _short = EndOf(Math.Min(MostShortRows, _data.Length / 4));
    }

    private FreeRunScore(FreeRunScore prepared, StepBudget budget)
    {
        (_trials, _data, _components) = (prepared._trials, prepared._data, prepared._components);
        (_binned, _fine) = (prepared._binned, prepared._fine);
        (_visits, _long, _short) = (prepared._visits, prepared._long, prepared._short);
        (LongSteps, LongStarts) = (budget.LongSteps, budget.LongStarts);
        (ShortSteps, ShortStarts) = (budget.ShortSteps, budget.ShortStarts);
        RemainingNoise = prepared.RemainingNoise;
    }

    /// <summary>
    /// N standard deviations of noise that is left in the data, independent from row to row, in their units; none if empty. Orbits are
    /// given as much before they are compared: bins that noise alone fills no clean orbit visits.
    /// </summary>
    public IReadOnlyList<double> RemainingNoise { get; }

    /// <summary>Steps of a long run.</summary>
    public int LongSteps { get; init; } = 60_000;

    /// <summary>Rows of the data from which long runs set out.</summary>
    public int LongStarts { get; init; } = 15;

    /// <summary>Steps of a short run.</summary>
    public int ShortSteps { get; init; } = 3000;

    /// <summary>Short runs: half from the regions that the data visit, half from the middle between two of these.</summary>
    public int ShortStarts { get; init; } = 150;

    /// <summary>
    /// One whose bins the end of a run can fill, for comparing models of all kinds, each by what it is <see cref="For"/>.
    /// </summary>
    /// <param name="data">As of <see cref="FreeRunScore(TimeSeries)"/>.</param>
    /// <param name="noise">What was smoothed away of the data: what it left orbits are given too; null for nothing.</param>
    public static FreeRunScore Filled(TimeSeries data, NoiseReduction? noise = null)
        => new(Single(data), filled: true, noise?.Remaining);

    /// <summary><see cref="Filled(TimeSeries, NoiseReduction)"/> of several recordings.</summary>
    /// <param name="trials">As of <see cref="FreeRunScore(IReadOnlyList{TimeSeries}, NoiseReduction)"/>.</param>
    /// <param name="noise">What was smoothed away of them: what it left orbits are given too; null for nothing.</param>
    public static FreeRunScore Filled(IReadOnlyList<TimeSeries> trials, NoiseReduction? noise = null)
        => new(JoinedTrials.Of(trials, MostRows), filled: true, noise?.Remaining);

    /// <summary>The same of recordings that are joined already.</summary>
    internal static FreeRunScore Filled(JoinedTrials trials, IReadOnlyList<double> remainingNoise)
        => new(trials, filled: true, remainingNoise);

    /// <summary>The same with as many runs and steps as take a second or two of a model of that size.</summary>
    /// <param name="model">What is to be judged.</param>
    public FreeRunScore For(IObservedMap model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(this, StepBudget.Of(model, _data.Length));
    }

    /// <inheritdoc/>
    public override double Of(RecurrentModel candidate, double limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        // Counts are held against counts.
        return OfMap(candidate.Readout is null ? candidate : candidate.Drawn(), limit, cancellationToken);
    }

    /// <summary>The score of any observed map in the units of the data.</summary>
    /// <inheritdoc cref="Of(RecurrentModel, double, CancellationToken)"/>
    public double OfMap(IObservedMap candidate, double limit, CancellationToken cancellationToken)
    {
        double score = Likeness(candidate, cancellationToken);
        // Once it has left so often that the limit is passed it does not matter how much more often.
        return score < limit
            ? score + (CostOfLeaving * ShareThatLeaves(candidate, (limit - score) / CostOfLeaving, cancellationToken))
            : score;
    }

    /// <summary>The share of runs from rows spread over the data whose end looks like no part of the data.</summary>
    /// <param name="model">Any observed map in the units of the data.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    public double ShareThatLeaves(IObservedMap model, CancellationToken cancellationToken = default)
        => ShareThatLeaves(model, most: 1, cancellationToken);

    private double ShareThatLeaves(IObservedMap model, double most, CancellationToken cancellationToken)
    {
        ComparedRows.RequireObserved(model, _data);
        int runs = LongStarts + ShortStarts, left = 0;
        foreach (bool hasLeft in
            LongRuns(model, cancellationToken).Select(orbit => HasLeft(orbit, _long))
                .Concat(ShortRuns(model, cancellationToken).Select(orbit => HasLeft(orbit, _short))))
        {
            if (hasLeft)
                left++;
            if (left > most * runs)
                break;
        }
        return (double)left / runs;
    }

    /// <summary>The last rows of the runs whose end looks like no part of the data, those of long runs first.</summary>
    internal RunsThatLeft RunsThatLeave(IObservedMap model, CancellationToken cancellationToken)
    {
        ComparedRows.RequireObserved(model, _data);
        List<TimeSeries> left = [];
        left.AddRange(LongRuns(model, cancellationToken).Where(orbit => HasLeft(orbit, _long)));
        int ofLong = left.Count;
        left.AddRange(ShortRuns(model, cancellationToken).Where(orbit => HasLeft(orbit, _short)));
        RunsThatLeft found = new(left, ofLong, LongStarts, LongStarts + ShortStarts);
        return found.AreMany
            ? found
            : found with
            {
                ForGood = left.Where((end, i) => StaysAway(model, end, i < ofLong ? _long : _short, cancellationToken)).Count(),
            };
    }

    // An excursion ends; what is caught by another attractor is still there much later.
    private bool StaysAway(IObservedMap model, TimeSeries end, RunEnd edge, CancellationToken cancellationToken)
    {
        if (!ComparedRows.IsFinite(end.Values))
            return true;
        int last = end.Length - 1;
        return HasLeft(FreeRun.After(model, end, last, edge.Rows, dropped: LongSteps, cancellationToken: cancellationToken), edge);
    }

    private IEnumerable<TimeSeries> LongRuns(IObservedMap model, CancellationToken cancellationToken) => FreeRuns.Of(
        Starts(model, LongStarts).Select(start => _trials.After(model, start)),
        _long.Rows,
        Math.Max(0, LongSteps - _long.Rows),
        cancellationToken);

    private IEnumerable<TimeSeries> ShortRuns(IObservedMap model, CancellationToken cancellationToken)
        => FreeRuns.Of(ShortRunStarts(model), _short.Rows, Math.Max(0, ShortSteps - _short.Rows), cancellationToken);

    private IEnumerable<RunStart> ShortRunStarts(IObservedMap model)
    {
        RandomStream random = new(0, "short runs");
        double[] between = new double[_data.Dimension];
        for (int run = 0; run < ShortStarts; run++)
        {
            int start = _visits[(int)((long)run * _visits.Count / ShortStarts)];
            // What needs a history has none between two rows.
            if (run % 2 == 0 || model.WarmUp > 0)
            {
                yield return _trials.After(model, start);
                continue;
            }
            // Convex combinations reach what an attractor encloses and hardly visits.
            ReadOnlySpan<double> one = _data.Row(start), other = _data.Row(_visits[(int)random.NextInt64(_visits.Count)]);
            for (int n = 0; n < between.Length; n++)
                between[n] = (one[n] + other[n]) / 2;
            yield return RunStart.From(DrivenMap.Along(model, _data.Inputs, start), between);
        }
    }

    private double Likeness(IObservedMap model, CancellationToken cancellationToken)
    {
        int rows = Math.Min(MostRunRows, _data.Length / 2), left = 0;
        List<double> values = new(Runs * rows * _data.Dimension);
        double spectra = 0;
        foreach (TimeSeries clean in
            FreeRuns.Of(Starts(model, Runs).Select(start => _trials.After(model, start)), rows, rows / 2, cancellationToken))
        {
            TimeSeries orbit = Noisy(clean);
            if (IsFar(orbit.Slice(rows - _long.Rows, _long.Rows), _long))
                left++;
            if (!ComparedRows.IsFinite(orbit.Values))
                continue;
            values.AddRange(orbit.Values);
            spectra += HellingerDistance.Between(_trials.Longest, orbit, _smoothing) / Runs;
        }
        double divergence = values.Count > 0
            ? _fine.DivergenceOf(_components.Project(new([.. values], _data.Dimension)))
            : CostOfLeaving;
        return divergence + spectra + (CostOfLeaving * left / Runs);
    }

    private bool HasLeft(TimeSeries rows, RunEnd end) => IsFar(Noisy(rows), end);

    private bool IsFar(TimeSeries rows, RunEnd end) => !ComparedRows.IsFinite(rows.Values) || !(Divergence(rows) <= end.Farthest);

    private TimeSeries Noisy(TimeSeries orbit)
    {
        if (RemainingNoise.All(sigma => sigma == 0))
            return orbit;
        RandomStream random = new(0, "noise that is left");
        double[] values = orbit.Values.ToArray();
        for (int i = 0; i < values.Length; i++)
            values[i] += RemainingNoise[i % orbit.Dimension] * random.NextNormal();
        return orbit.With(values, orbit.Standardization);
    }

    /// <summary>Why a network cannot be judged beside these data, in a sentence; null if it can.</summary>
    public static string? WhyNot(TimeSeries data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Length < FewestRows)
            return $"Free runs need at least {FewestRows} rows to be compared with, found {data.Length}.";
        if (data.FindNonFinite() is { } found)
            return $"The data hold {found}: free runs are compared with complete rows.";
        return ComparedRows.AnyConstant(Compared(data))
            ? "A variable of the data is constant: it has no geometry to compare."
            : null;
    }

    /// <summary>Why a network cannot be judged beside these recordings together, in a sentence; null if it can.</summary>
    public static string? WhyNot(IReadOnlyList<TimeSeries> trials) => WhyNot(JoinedTrials.Of(trials, MostRows).Rows);

    private static JoinedTrials Single(TimeSeries? data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return JoinedTrials.Of(Compared(data));
    }

    private static TimeSeries Compared(TimeSeries data) => data.Length > MostRows ? data.Slice(0, MostRows) : data;

    // Between what a part of the data as long as the end of a run scores at most and what a single point scores, in the same proportion to
    // both: there are few parts to learn from, and the data do not hold what another run of the same system visits.
    private RunEnd EndOf(int rows)
    {
        double farthest = ComparedRows.Spread(_data.Length - rows + 1, Math.Min(MostPieces, _data.Length / rows))
            .Max(start => Divergence(_data.Slice(start, rows)));
        double[] point = [.. Enumerable.Range(0, rows).SelectMany(_ => _data.Row(0).ToArray())];
        return new(rows, Math.Sqrt(farthest * Divergence(new(point, _data.Dimension))));
    }

    private double Divergence(TimeSeries orbit) => _binned.DivergenceOf(_components.Project(orbit));

    private IEnumerable<int> Starts(IObservedMap model, int count)
        => ComparedRows.Spread(_data.Length - Math.Min(model.WarmUp, _data.Length / 2), count)
            .Select(i => i + Math.Min(model.WarmUp, _data.Length / 2));

    // The rows at the end of a run, and the D_stsp above which they are no part of the data.
    private readonly record struct RunEnd(int Rows, double Farthest);
}
