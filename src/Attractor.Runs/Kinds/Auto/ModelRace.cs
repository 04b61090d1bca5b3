using System.Diagnostics;
using Attractor.Data;
using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Storage;
using Attractor.Systems;

namespace Attractor.Runs;

/// <summary>
/// Successive halving (Jamieson and Talwalkar, AISTATS 2016) on how the models run on their own: all candidates learn for a short time, the
/// better ones anew for longer, and the best of all rounds wins.
/// </summary>
/// <remarks>
/// Each training is a run in a folder of its own. What is decided stands in <c>race.json</c>, the measured speed and the time that was left
/// for each round included, which say how many updates a candidate gets: what a race that is taken up again has decided stays decided.
/// A round for which hardly any time is left is not run.
/// </remarks>
internal sealed class ModelRace
{
    // How many go into a round, and its part of the budget.
    private static readonly (int Most, double Share)[] s_rounds = [(int.MaxValue, 0.25), (4, 0.3), (2, 0.45)];

    // Of the time of a training; the rest goes into looking at its states.
    private const double ShareOfUpdates = 0.8;

    // Of the budget: what must be left for another round.
    private const double LeastShare = 0.1;

    // A score from which on it does not matter how often a candidate leaves.
    private const double Hopeless = 30;

    private const int CalibrationUpdates = 200, Looks = 8;

    private readonly RunFolder _run;
    private readonly AutoSettings _settings;
    private readonly SeriesData _data;
    private readonly FreeRunScore _judge;
    private readonly RaceRecord _record;
    private readonly Lock _gate = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private IProgress<TrainingProgress>? _progress;

    /// <param name="run">The folder of its run, wherever that is written.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="data">What the candidates learn from.</param>
    /// <exception cref="InvalidDataException">The record of a race that goes on is damaged.</exception>
    public ModelRace(RunFolder run, AutoSettings settings, SeriesData data)
    {
        (_run, _settings, _data, _record) = (run, settings, data, RaceRecord.Read(run.WorkPath) ?? new());
        TimeSeries longest = TimeSeries.LongestWhole(data.Trials);
        NoiseReduction? noise = longest.Inputs is null ? NoiseReduction.Of([longest], revisits: true) : null;
        longest = noise?.Apply(longest) ?? longest;
        _judge = Judge(data.Trials, longest, noise);
        Candidates = RaceCandidates.For(
            settings,
            longest.Dimension,
            LocalExpansion.ForcingStrength(LocalExpansion.Of([longest])),
            longest.Length,
            data.Trials.Any(trial => trial.FindNonFinite() is not null));
    }

    // Free runs set out in all trials and are compared with the rows of all; along inputs, and of too few rows in stretches, beside one.
    private static FreeRunScore Judge(IReadOnlyList<TimeSeries> trials, TimeSeries longest, NoiseReduction? ofLongest)
    {
        if (trials.Count == 1 || trials.Any(trial => trial.Inputs is not null))
            return FreeRunScore.Filled(longest, ofLongest);
        NoiseReduction? noise = NoiseReduction.Of(trials, revisits: true);
        return FreeRunScore.Filled(noise is null ? trials : [.. trials.Select(noise.Apply)], noise);
    }

    /// <summary>How a model runs on its own beside each of several trials; nothing of a single recording.</summary>
    /// <returns>The score, or why there is none.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<(double Score, string? LeftOut)> ByTrial(ILearntModel model, CancellationToken cancellationToken)
    {
        if (_data.Trials.Count == 1)
            return [];
        NoiseReduction? noise = _data.Trials.Any(trial => trial.Inputs is not null)
            ? null
            : NoiseReduction.Of(_data.Trials, revisits: true);
        (double, string?)[] scores = new (double, string?)[_data.Trials.Count];
        Parallel.For(0, scores.Length, new() { CancellationToken = cancellationToken }, k =>
        {
            TimeSeries trial = noise?.Apply(_data.Trials[k]) ?? _data.Trials[k];
            try
            {
                FreeRunScore beside = trial.Inputs is null
                    ? FreeRunScore.Filled([trial], noise)
                    : FreeRunScore.Filled(TimeSeries.LongestWhole([trial]));
                scores[k] = (beside.For((IObservedMap)model).OfMap((IObservedMap)model, Hopeless, cancellationToken), null);
            }
            catch (ArgumentException e)
            {
                scores[k] = (double.NaN, e.Message);
            }
        });
        return scores;
    }

    /// <summary>Who takes part.</summary>
    public IReadOnlyList<RaceCandidate> Candidates { get; }

    /// <summary>What was decided so far, in the order of the rounds and of the scores.</summary>
    public IReadOnlyList<RaceResult> Results => _record.Ranked;

    /// <summary>Runs to the end.</summary>
    /// <returns>The winner; null if no candidate could be trained.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled; another race in the folder goes on.</exception>
    public (RaceResult Result, string Folder)? Run(
        IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        _progress = progress;
        Calibrate(cancellationToken);
        IReadOnlyList<RaceCandidate> field = Candidates;
        for (int round = 1; round <= s_rounds.Length; round++)
        {
            if (!Plan(round))
                break;
            field = round == 1 ? field : [.. Best(field.Where(c => c.Learns), round - 1).Take(s_rounds[round - 1].Most)];
            RunRound(field, round, cancellationToken);
        }
        return _record.Best is { Failure: null } winner ? (winner, FolderOf(winner.Name, winner.Round)) : null;
    }

    private IEnumerable<RaceCandidate> Best(IEnumerable<RaceCandidate> field, int round)
        => field.OrderBy(c => Known(c.Name, round)!.Score);

    // The time of a round: its part of what is left for it and for those after it. False if that is too little.
    private bool Plan(int round)
    {
        if (_record.RoundSeconds.Count >= round)
            return true;
        double left = _settings.Budget.TotalSeconds - _clock.Elapsed.TotalSeconds;
        if (round > 1 && left < LeastShare * _settings.Budget.TotalSeconds)
            return false;
        _record.RoundSeconds.Add(left * s_rounds[round - 1].Share / s_rounds[(round - 1)..].Sum(r => r.Share));
        Write();
        return true;
    }

    private void RunRound(IReadOnlyList<RaceCandidate> field, int round, CancellationToken cancellationToken)
    {
        int cores = Environment.ProcessorCount, learning = field.Count(c => c.Learns);
        double seconds = _record.RoundSeconds[round - 1] * Math.Min(1, (double)cores / Math.Max(1, learning));
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = cores, CancellationToken = cancellationToken };
        // What is fitted at once first, as a short budget may end with it; of the rest a stack of the largest last leaves cores idle.
        Parallel.ForEach(field.OrderBy(c => c.Learns).ThenByDescending(c => c.NominalSeconds), parallel, candidate =>
        {
            if (Known(candidate.Name, round) is null)
                Add(IsOver ? Late(candidate, round) : Try(candidate, round, seconds, cancellationToken));
        });
    }

    // A budget that is spent within a round ends it once there is somebody who may win.
    private bool IsOver
    {
        get
        {
            lock (_gate)
                return _clock.Elapsed > _settings.Budget && _record.Results.Exists(r => r.Score < Hopeless);
        }
    }

    private static RaceResult Late(RaceCandidate candidate, int round)
        => new(candidate.Name, round, double.PositiveInfinity, null, 0, "the budget was spent before its turn");

    private RaceResult Try(RaceCandidate candidate, int round, double seconds, CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        ModelSettings settings = candidate.Settings is RecurrentSettings known
            ? Lasting(known, candidate, round, seconds)
            : candidate.Settings;
        try
        {
            double score = Judge(Learn(settings, FolderOf(candidate.Name, round), cancellationToken), cancellationToken);
            return double.IsFinite(score) ? Result(score, null) : Result(double.PositiveInfinity, "its free runs are not finite");
        }
        catch (Exception e) when (e is ArgumentException or ArithmeticException or InvalidOperationException)
        {
            return Result(double.PositiveInfinity, e.Message);
        }

        RaceResult Result(double score, string? failure)
            => new(candidate.Name, round, score, (settings as RecurrentSettings)?.Updates, clock.Elapsed.TotalSeconds, failure);
    }

    private RecurrentSettings Lasting(RecurrentSettings settings, RaceCandidate candidate, int round, double seconds)
    {
        double updates = ShareOfUpdates * seconds / (candidate.NominalSeconds * _record.Slowness!.Value);
        long hundreds = Math.Clamp((long)(updates / 100), 1, 1_000_000);
        int looks = round == 1 ? 1 : Looks;
        return settings with { Updates = hundreds * 100, SelectEvery = Math.Max(1, hundreds / looks) * 100 };
    }

    private ILearntModel Learn(ModelSettings settings, string folder, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(folder, RunLayout.Model)))
        {
            bool begun = File.Exists(Path.Combine(folder, RunLayout.Config));
            using Run run = Runs.Run.Prepare(folder, settings, _data, resume: begun, overwrite: false);
            TrainingEnding ending = run.Train(null, cancellationToken).Ending;
            cancellationToken.ThrowIfCancellationRequested();
            if (ending == TrainingEnding.Diverged)
                throw new ArithmeticException("its training diverged");
        }
        return ModelFile.Load(Path.Combine(folder, RunLayout.Model));
    }

    private double Judge(ILearntModel model, CancellationToken cancellationToken)
        => _judge.For((IObservedMap)model).OfMap((IObservedMap)model, Hopeless, cancellationToken);

    private string FolderOf(string name, int round)
        => Path.Combine(_run.WorkPath, RaceRecord.Folder, FormattableString.Invariant($"{round}-{name}"));

    private RaceResult? Known(string name, int round)
    {
        lock (_gate)
            return _record.Results.Find(r => r.Name == name && r.Round == round);
    }

    private void Add(RaceResult result)
    {
        lock (_gate)
        {
            _record.Results.Add(result);
            Write();
            double spent = _clock.Elapsed.TotalSeconds, budget = _settings.Budget.TotalSeconds;
            _progress?.Report(new(
                (long)Math.Min(spent, budget),
                (long)Math.Ceiling(budget),
                double.NaN,
                double.NaN,
                1,
                TimeSpan.FromSeconds(Math.Max(0, budget - spent)),
                FormattableString.Invariant($"round {result.Round}: {result.Name} scores {result.Score:G3}"))
            {
                Unit = "seconds"
            });
        }
    }

    /// <summary>Measures how fast this machine learns, unless that is known, and writes it down.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Calibrate(CancellationToken cancellationToken)
    {
        if (_record.Slowness is not null)
            return;
        RaceCandidate first = Candidates.First(c => c.Learns);
        RecurrentSettings settings = ((RecurrentSettings)first.Settings) with { Updates = CalibrationUpdates };
        RecurrentModel model = settings.CreateModel(_data.Trials[0].Dimension);
        // The first time compiles.
        Training.Fit(model, _data.Trials, settings.ToOptions(), cancellationToken: cancellationToken, checkpoint: null);
        Stopwatch clock = Stopwatch.StartNew();
        Training.Fit(model, _data.Trials, settings.ToOptions(), cancellationToken: cancellationToken, checkpoint: null);
        cancellationToken.ThrowIfCancellationRequested();
        _record.Slowness = clock.Elapsed.TotalSeconds / (CalibrationUpdates * first.NominalSeconds);
        Write();
    }

    private void Write() => _record.Write(_run.WorkPath);
}
