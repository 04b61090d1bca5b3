using System.CommandLine;
using System.Runtime.ExceptionServices;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Cli.Training;
using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary>
/// <c>attractor train</c>: recurrent networks as the command itself, other kinds as commands below it, each with options of its own.
/// </summary>
internal static class TrainCommand
{
    private static readonly SettingsForm s_judging = SettingsForm.Of<VerdictOptions>();

    /// <param name="withOptions">Whether the kinds of models are to be asked for their settings.</param>
    public static Command Create(bool withOptions)
    {
        Argument<string?> model = new("model")
        {
            HelpName = "model",
            Description = $"{string.Join(", ", RecurrentModel.Kinds)}; the models below have options of their own",
            Arity = ArgumentArity.ZeroOrOne
        };
        Argument<string?> data = new("data")
        {
            Description = $"series as {DataFiles.Series}",
            Arity = ArgumentArity.ZeroOrOne
        };
        Option<string?> resume = new("--resume")
        {
            Description = "go on with an unfinished run, of any model; with --updates n, of a vae or seqvae --epochs n, a finished one "
                + "learns for n more",
            HelpName = "run"
        };
        model.CompletionSources.Add([.. RecurrentModel.Kinds]);
        Command command = new("train", "Train a model on data, into a run folder.") { model, data };
        if (!withOptions)
            return command;
        IReadOnlyList<ModelKind> kinds = ModelKinds.All;
        Add(
            command,
            kinds.OfType<RecurrentNetworkKind>().First(),
            resume,
            parsed => (parsed.GetValue(model), parsed.GetValue(data)));
        foreach (ModelKind kind in kinds.Where(k => k is not RecurrentNetworkKind))
            command.Add(Below(kind));
        return command;
    }

    private static Command Below(ModelKind kind)
    {
        Argument<string?> data = new("data")
        {
            Description = kind.DataDescription,
            Arity = kind.HasDataOfItsOwn ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne
        };
        Command command = new(kind.Name, kind.Description) { data };
        Add(command, kind, null, parsed => (kind.Name, parsed.GetValue(data)));
        return command;
    }

    private static void Add(
        Command command, ModelKind kind, Option<string?>? resume, Func<ParseResult, (string? Model, string? Data)> subject)
    {
        SettingsForm form = kind.Settings;
        Option<string?> output = CommonOptions.OutputFolder("the run folder [runs/DATA-MODEL-N]");
        Option<string?> config = new("--config")
        {
            Description = "settings from a JSON file, such as a run's config.json; the command line wins",
            HelpName = "file"
        };
        Option<string?> seeds = new("--seeds")
        {
            Description = "several seeds at once, such as 1..8, each in a folder of its own",
            HelpName = "a..b"
        };
        Option<bool> overwrite = new("--overwrite") { Description = "replace a run that is there" };
        Option<bool> estimate = new("--estimate")
        {
            Description = "train nothing: measure the first seconds, and say what time and memory it would take"
        };
        Option<bool> distributed = new("--distributed")
        {
            Description = "share one training among the processes that mpirun started, of a "
                + string.Join(", ", ModelKinds.All.Where(k => k.CanBeDistributed).Select(k => k.Name))
        };
        Option<bool> json = CommonOptions.Json();
        command.Add(output);
        command.Add(config);
        if (resume is not null)
            command.Add(resume);
        command.Add(seeds);
        command.Add(overwrite);
        command.Add(estimate);
        // Runs of any kind are resumed by the command itself.
        if (kind.CanBeDistributed || resume is not null)
            command.Add(distributed);
        SettingOptions options = new(command, form.All.Select(s => (s, s.Help)));
        // Of a run that is resumed it is not the command that knows which model it is of.
        SettingOptions lengths = new(command, resume is null ? [] : Lengths(form).Select(s => (s, $"with --resume: more {s.Unit}, of a "
            + string.Join(" or ", ModelKinds.All.Where(k => k.Settings.Find(s.Key)?.IsLength == true).Select(k => k.Name)))));
        SettingOptions judging = new(command, GenerativeCapabilities.Has(kind) ? s_judging.All.Select(s => (s, s.Help)) : []);
        command.Add(json);
        command.SetCancellableAction((parsed, token) =>
        {
            (string? model, string? data) = subject(parsed);
            RunRequest request = new(
                model,
                data,
                parsed.GetValue(output),
                parsed.GetValue(config),
                resume is null ? null : parsed.GetValue(resume),
                parsed.GetValue(seeds),
                parsed.GetValue(overwrite),
                (kind.CanBeDistributed || resume is not null) && parsed.GetValue(distributed),
                [.. options.Given(parsed).Concat(lengths.Given(parsed)).Select(g => (g.Setting, g.Setting.Parse(g.Text)))]);
            if (parsed.GetValue(estimate))
                return TrainingEstimate.Print(request, parsed.GetValue(json), token);
            VerdictOptions verdict = (VerdictOptions)s_judging.With(
                s_judging.Defaults, judging.Given(parsed).Select(g => (g.Setting, g.Setting.Parse(g.Text))));
            (bool asJson, bool quiet) = (parsed.GetValue(json), parsed.GetValue(CommonOptions.Quiet));
            return request.Distributed
                ? DistributedTraining.Run(request, (own, ranks) => Start(own, verdict, asJson, quiet, token, ranks))
                : Start(request, verdict, asJson, quiet, token);
        });
    }

    // How long trainings of other kinds last, where it has another name.
    private static IEnumerable<Setting> Lengths(SettingsForm form)
        => ModelKinds.All.SelectMany(k => k.Settings.All).Where(s => s.IsLength && form.Find(s.Key) is null).DistinctBy(s => s.Key);

    private static int Start(
        RunRequest request, VerdictOptions judging, bool json, bool quiet, CancellationToken token, Communicator? ranks = null)
    {
        VerdictKind? required = judging.Required();
        List<(string Path, ModelSettings Settings)> plan = RunPlan.Of(request);
        bool isFirst = ranks is null or { Rank: 0 }, silent = quiet || !isFirst || json && !StandardError.IsTerminal;
        ModelSettings first = plan[0].Settings;
        if (ranks is not null && !ModelKinds.Find(first.Model).CanBeDistributed)
            throw new ArgumentException($"a {first.Model} is learnt by one process: leave --distributed out");
        using TrainingData data = ModelKinds.Find(first.Model).Read(first, silent ? null : new ReadingDisplay(first.Data), token);
        bool resume = request.Resume is not null, extend = resume && request.Given.Count > 0;
        // Of several runs, none begins before all are known to be free: one that is refused must not cost what the others hold.
        foreach ((string path, _) in plan)
            Run.RequireFree(path, resume, request.Overwrite || extend);
        Run[] runs = new Run[plan.Count];
        try
        {
            runs[0] = Begun(0);
            if (ranks is not null)
                runs[0].Distribute(ranks);
            runs[0].Begin();
            if (data.Understood is { } reading)
                DataLine.Report(DataLine.Of(quiet, json), RecordingSource.Describe(first.Data, reading));
            Outcome[] outcomes = TrainAll(runs, [.. plan.Select(p => Path.GetFileName(p.Path))], Begun, silent, token);
            Verdict?[]? verdicts = isFirst && judging.Verdict && GenerativeCapabilities.Has(runs[0].Kind)
                ? [.. runs.Select((r, i) => RunVerdict.Of(r, data, outcomes[i].Ending, token))]
                : null;
            int code = Conclude(request, runs, outcomes, verdicts, json);
            return code == 0 && verdicts is not null ? Judge(runs, verdicts, required) : code;
        }
        finally
        {
            foreach (Run? run in runs)
                run?.Dispose();
        }

        Run Begun(int n)
        {
            Run run = Run.Prepare(plan[n].Path, plan[n].Settings, data, resume, request.Overwrite, extend: extend);
            try
            {
                // Of bits that will differ also those hear who want nothing but the result.
                if (isFirst && run.Warning is { } warning)
                    Console.Error.WriteLine(warning);
                foreach (string note in silent ? [] : run.Notes)
                    Console.Error.WriteLine(note);
                if (n > 0)
                    run.Begin();
                return run;
            }
            catch
            {
                run.Dispose();
                throw;
            }
        }
    }

    private static Outcome[] TrainAll(Run[] runs, string[] names, Func<int, Run> begun, bool quiet, CancellationToken token)
        => TrainingDisplay.Run(names, quiet, progress =>
        {
            Outcome[] outcomes = new Outcome[runs.Length];
            try
            {
                Parallel.For(
                    0,
                    runs.Length,
                    new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
                    i =>
                    {
                        runs[i] ??= begun(i);
                        outcomes[i] = runs[i].Train(progress[i], token);
                        // Each folder that is held open takes a file handle, of which a process has a few hundred.
                        runs[i].Dispose();
                    });
            }
            catch (AggregateException e)
            {
                // What went wrong in one of the runs is what the user needs to hear.
                ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions[0]);
            }
            return outcomes;
        });

    // What explodes is no model that runs; whether another does is for the user to say.
    private static int Judge(Run[] runs, Verdict?[] verdicts, VerdictKind? required)
    {
        int code = verdicts.Any(v => v?.Kind is VerdictKind.Diverged) ? 1 : 0;
        if (code != 0)
            JsonOutput.Note(ErrorCode.Diverged, "the model diverges on its own");
        for (int i = 0; i < verdicts.Length; i++)
        {
            if (RunVerdict.Unmet(verdicts[i], required) is not { } unmet)
                continue;
            JsonOutput.Fail(ErrorCode.Verdict, $"{runs[i].Path}: {unmet}");
            code = 1;
        }
        return code;
    }

    private static int Conclude(RunRequest request, Run[] runs, Outcome[] outcomes, Verdict?[]? verdicts, bool json)
    {
        if (verdicts is not null)
            for (int i = 0; i < outcomes.Length; i++)
                RunVerdict.AddTo(outcomes[i].Json, verdicts[i]);
        if (json)
            JsonOutput.Print(request.Seeds is null && outcomes.Length == 1
                ? outcomes[0].Json
                : new JsonObject { ["runs"] = new JsonArray([.. outcomes.Select(o => o.Json)]) });
        else
            for (int i = 0; i < outcomes.Length; i++)
            {
                Console.WriteLine(SettingSentence.Render(outcomes[i].Sentence, OptionName.Of));
                if (verdicts?[i] is { } verdict)
                    Console.WriteLine($"  {RunVerdict.ToText(verdict)}");
            }
        if (outcomes.Any(o => o.Ending is TrainingEnding.Cancelled))
        {
            string path = request.Seeds is null ? runs[0].Path : Path.GetDirectoryName(runs[0].Path)!;
            return Array.TrueForAll(runs, r => r.KeptTheOther)
                ? StandardError.CancelledBeforeReplacing(path)
                : StandardError.Cancelled(request.Resume ?? path);
        }
        Failures.Note(outcomes.Select(o => o.Ending));
        return outcomes.Any(o => o.Ending is TrainingEnding.Diverged or TrainingEnding.NotConverged) ? 1 : 0;
    }
}
