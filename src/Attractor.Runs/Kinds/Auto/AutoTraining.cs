using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>One race, and its winner as the model of the run.</summary>
internal sealed class AutoTraining(AutoSettings settings, SeriesData data) : ModelTraining
{
    private const string Metrics = "metrics.jsonl";

    private ModelRace? _race;
    private (RaceResult Result, string Folder)? _winner;
    private TrainingEnding _ending = TrainingEnding.Cancelled;
    private ILearntModel? _model;
    private bool _resumed;
    private double _seconds;
    private IReadOnlyList<(double Score, string? LeftOut)> _byTrial = [];

    public override ModelSettings Settings => settings;

    public override ILearntModel Model => _model ?? throw new InvalidOperationException("The race has no winner yet.");

    public override int? ParameterCount => _model?.ParameterCount;

    public override int Observed => data.Trials[0].Dimension;

    internal override double? ExpectedSeconds => settings.Budget.TotalSeconds;

    public override void Resume(RunFolder folder) => _resumed = true;

    public override TrainingEnding Train(RunFolder folder, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        // A race that goes on lies where it began; another one begins with the new run, beside the one that this replaces.
        string path = Path.Combine(folder.WorkPath, RaceRecord.Folder);
        if (!_resumed && Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        try
        {
            // Its speed is measured by a training: what can be trained at all may take the place of what was there.
            _race = new(folder, settings, data);
            _race.Calibrate(cancellationToken);
            folder.Replace();
            _winner = _race.Run(progress, cancellationToken);
            if (_winner is { } first)
                _byTrial = _race.ByTrial(ModelFile.Load(Path.Combine(first.Folder, RunLayout.Model)), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return _ending;
        }
        _seconds = clock.Elapsed.TotalSeconds;
        if (_winner is not { } winner)
            return _ending = TrainingEnding.Diverged;
        string curve = Path.Combine(winner.Folder, Metrics);
        if (File.Exists(curve))
            File.Copy(curve, Path.Combine(folder.WorkPath, Metrics), overwrite: true);
        _model = ModelFile.Load(Path.Combine(winner.Folder, RunLayout.Model));
        folder.Finish(_model);
        return _ending = TrainingEnding.Completed;
    }

    public override JsonObject Describe(string run)
    {
        JsonObject json = Described(run);
        if (_byTrial.Count > 0)
            json["trials"] = new JsonArray([.. _byTrial.Select((trial, k) =>
            {
                JsonObject one = new() { ["name"] = TrialName(k), ["rows"] = data.Trials[k].Length };
                if (trial.LeftOut is { } reason)
                    one["left_out"] = reason;
                else
                    one["score"] = Json.Number(trial.Score);
                return one;
            })]);
        return json;
    }

    private string TrialName(int k)
        => data.Reading?.TrialNames[k] ?? (k + 1).ToString(CultureInfo.InvariantCulture);

    private JsonObject Described(string run) => new()
    {
        ["run"] = run,
        ["model"] = _model?.Kind ?? settings.Model,
        ["observed"] = Observed,
        ["parameters"] = _model?.ParameterCount,
        ["seed"] = settings.Seed,
        ["ending"] = _ending.ToString().ToLowerInvariant(),
        ["winner"] = _winner?.Result.Name,
        ["score"] = _winner is { } winner ? Json.Number(winner.Result.Score) : null,
        ["winner_settings"] = _winner is { } w ? JsonNode.Parse(RunFolder.ReadConfig(w.Folder).GetRawText()) : null,
        ["race"] = new JsonArray([.. (_race?.Results ?? []).Select(r => r.ToJson())]),
        ["seconds"] = Json.Number(_seconds),
    };

    public override FormattableString Sentence(string run)
    {
        if (_race is not { } race || _winner is not { } winner)
            return _race is null || _ending is TrainingEnding.Cancelled
                ? $"{run}: cancelled"
                : (FormattableString)$"{run}: no candidate could be trained: {_race.Results[0].Failure}";
        string table = string.Join('\n', race.Results.Select(r => FormattableString.Invariant($"  {r.Round}  {r.Name,-34}") + (r.Failure
            ?? FormattableString.Invariant($"{r.Score,9:G3}  {(r.Updates is { } n ? $"{n:N0} updates" : "")}"))));
        return SettingSentence.Join(
            $"round, candidate, score of its free runs beside the data\n{table}\n",
            $"{run}: {winner.Result.Name} of round {winner.Result.Round} wins in {_seconds:F0} s",
            $"\n  next: {RunCommands.Evaluate(RunCommands.Quote(run), Settings.Data)}");
    }
}
