using System.Text.Json;
using System.Text.Json.Nodes;
using Attractor.Learning;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>One trial from its point to its values, in its run folder, from wherever its last worker left it.</summary>
internal sealed class TrialRun(Study study, TrialLease lease, JsonObject parameters, CancellationTokenSource stop)
{
    private readonly StudyPlan _plan = study.Plan;
    private readonly string _folder = study.FolderOf(lease.Number);
    private readonly StudyPruner _pruner = StudyPruner.Find(study.Plan.Pruner);
    private readonly List<(long Step, double Value)> _reports = [];
    private (long Step, double Value)? _pruned;

    /// <summary>The intermediate values.</summary>
    public IReadOnlyList<(long Step, double Value)> Reports => _reports;

    /// <summary>Trains and scores.</summary>
    /// <returns>How it ended; null if it was stopped, and can be gone on with.</returns>
    public StudyTrial? ToTheEnd()
    {
        StudyFolder.RequireOwn(study.Path, lease.Number);
        if (_plan.Artifacts)
            Fetch();
        if (Known() is { } ended)
            return ended;
        if (lease.Attempt > 1)
            _reports.AddRange(study.Store.Reports(lease.Number));
        Keep(Trial(TrialState.Running));
        try
        {
            JsonObject scores = [];
            Outcome outcome = Train();
            Merge(scores, outcome.Json);
            if (_pruned is { } pruned)
            {
                scores["pruned_at"] = pruned.Step;
                return Trial(TrialState.Pruned) with
                {
                    Values = [pruned.Value],
                    Scores = scores,
                    Failure = FormattableString.Invariant($"pruned at step {pruned.Step} with {_plan.PruneOn!.Metric} {pruned.Value:G4}"),
                };
            }
            if (outcome.Ending is TrainingEnding.Cancelled)
                return null;
            if (outcome.Ending is TrainingEnding.Diverged)
                return Failed("its training diverged", scores);
            if (_plan.Objectives.Any(o => !scores.ContainsKey(o.Metric)))
                Merge(scores, Evaluation());
            return Ended(scores);
        }
        catch (Exception e) when (e is OperationCanceledException
            || (e is AggregateException several && several.Flatten().InnerExceptions.All(i => i is OperationCanceledException)))
        {
            return null;
        }
        catch (Exception e) when (e is ArgumentException or ArithmeticException or InvalidOperationException)
        {
            return Failed(e.Message.ReplaceLineEndings(" "), []);
        }
    }

    private StudyTrial Ended(JsonObject scores)
    {
        double[] values = new double[_plan.Objectives.Count];
        for (int i = 0; i < values.Length; i++)
        {
            string metric = _plan.Objectives[i].Metric;
            if (!scores.TryGetPropertyValue(metric, out JsonNode? value))
                throw new ArgumentException(
                    $"there is no {metric} of a {_plan.Model}; there are {string.Join(", ", scores.Select(s => s.Key))}");
            if (value is not null && value.GetValueKind() != JsonValueKind.Number)
                throw new ArgumentException($"{metric} is no number: a study looks for the least or the most of one");
            values[i] = TrialText.Number(value, metric);
            if (!double.IsFinite(values[i]))
                return Failed($"its {metric} is no finite number", scores);
        }
        return Trial(TrialState.Completed) with { Values = values, Scores = scores };
    }

    // A worker that was lost after it had written everything down.
    private StudyTrial? Known()
    {
        string record = StudyFolder.RecordOf(study.Path, lease.Number);
        if (!File.Exists(record))
            return null;
        try
        {
            (StudyTrial trial, IReadOnlyList<(long, double)> reports) = TrialRecord.Read(record);
            if (!trial.HasEnded || !JsonNode.DeepEquals(trial.Parameters, parameters))
                return null;
            _reports.AddRange(reports);
            return trial with { Attempt = lease.Attempt };
        }
        catch (InvalidDataException)
        {
            // What cannot be read is found out again.
            return null;
        }
    }

    private Outcome Train()
    {
        bool begun = File.Exists(Path.Combine(_folder, RunLayout.Config));
        ModelSettings settings = begun ? RunConfig.Settings(_folder) : Settings();
        ModelKind kind = ModelKinds.Find(settings.Model);
        using TrainingData data = kind.Read(settings, null, stop.Token);
        Forget();
        using Run run = Run.Prepare(_folder, settings, data, resume: begun, overwrite: false);
        if (_pruner.Prunes || _plan.Artifacts)
            run.Checkpoint = CheckpointSaved;
        run.Begin();
        if (begun && _pruner.Prunes)
            Reported();
        return run.Train(null, stop.Token);
    }

    private void Fetch()
    {
        try
        {
            TrialArtifacts.Fetch(study, lease.Number);
        }
        catch (InvalidDataException)
        {
            // What cannot be read is found out again.
            if (Directory.Exists(_folder))
                Directory.Delete(_folder, recursive: true);
            File.Delete(StudyFolder.RecordOf(study.Path, lease.Number));
        }
    }

    private void CheckpointSaved()
    {
        // Before anything is said of the checkpoint: what goes on from here must have it.
        if (_plan.Artifacts)
            TrialArtifacts.Keep(study, lease);
        if (_pruner.Prunes)
            Reported();
    }

    // The model of a worker that was lost before it said what came out: the end of the training says it again, with the same bits.
    private void Forget()
    {
        string model = Path.Combine(_folder, RunLayout.Model);
        if (!File.Exists(model))
            return;
        using RunFolder held = RunFolder.Open(_folder);
        File.Delete(model);
    }

    private ModelSettings Settings()
    {
        using JsonDocument json = JsonDocument.Parse(parameters.ToJsonString());
        double[] point = _plan.Space.FromJson(json.RootElement)
            ?? throw new ArgumentException($"the point {parameters.ToJsonString()} is not in the space of the study");
        ModelSettings settings = _plan.Space.Apply(ModelKinds.Find(_plan.Model).Settings, _plan.Settings!, point);
        ModelKinds.Find(_plan.Model).Settings.Check(settings);
        return settings;
    }

    private JsonObject Evaluation()
    {
        Run run = Run.Open(_folder);
        Capability? evaluation = run.Trained.Kind.Find(Verbs.Evaluate);
        if (evaluation is null)
            return [];
        bool generative = GenerativeCapabilities.Has(run.Trained.Kind);
        SettingsRecord options = evaluation.Options.Defaults is OrbitEvaluationOptions orbit
            ? orbit with { Verdict = false }
            : evaluation.Options.Defaults;
        Request request = new(_plan.Validation ?? (generative ? _plan.Settings!.Data : null), null, null, stop.Token)
        {
            Selection = (_plan.Settings as SeriesSettings)?.Selection,
        };
        return evaluation.Ask(run.Trained, options, request).Json;
    }

    // Called at every checkpoint: whatever is new in what the run writes down is reported.
    private void Reported()
    {
        // A checkpoint that somebody's stop brought about falls at any step.
        if (stop.IsCancellationRequested || _pruned is not null)
            return;
        foreach ((long step, double value) in IntermediateValues.Of(_folder, _plan).Where(v => _reports.All(r => r.Step < v.Step)))
        {
            if (!double.IsFinite(value))
                continue;
            _reports.Add((step, value));
            study.Store.Report(lease, step, value);
            PrunedCurve curve = Curve(new(lease.Number, false, _reports));
            PruningSchedule schedule = new(
                _plan.PruneFrom!.Value, PlanCheck.StepsOf(_plan.Settings!)!.Value, _plan.PruneFactor, _plan.Seed);
            if (step >= schedule.Last || !_pruner.IsToBePruned(
                curve, [.. study.Store.Curves().Where(c => c.Number != lease.Number).Select(Curve)], schedule))
                continue;
            _pruned = (step, value);
            stop.Cancel();
            return;
        }
    }

    private PrunedCurve Curve(PrunedCurve curve)
        => _plan.PruneOn!.Maximize ? curve with { Values = [.. curve.Values.Select(v => (v.Step, -v.Value))] } : curve;

    private StudyTrial Failed(string why, JsonObject scores) => Trial(TrialState.Failed) with { Failure = why, Scores = scores };

    private StudyTrial Trial(TrialState state) => new()
    {
        Number = lease.Number,
        State = state,
        Attempt = lease.Attempt,
        Parameters = parameters,
    };

    private void Keep(StudyTrial trial) => TrialRecord.Write(StudyFolder.RecordOf(study.Path, lease.Number), trial, _reports);

    // Numbers, what is known not to be one, and what is so or is not.
    private static void Merge(JsonObject scores, JsonObject found)
    {
        foreach ((string key, JsonNode? value) in found)
            if (value is null || value.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
                scores[key] = value?.DeepClone();
    }
}
