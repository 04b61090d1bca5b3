using System.CommandLine;
using Attractor.Cli.Output;
using Attractor.Data;
using Attractor.Runs;
using Attractor.Storage;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor study create</c></summary>
internal static class StudyCreateCommand
{
    public static Command Create()
    {
        Argument<string> folder = new("study") { Description = "the folder to make" };
        Argument<string> model = new("model") { Description = "a kind of model, as attractor train names it; auto too" };
        Argument<string?> data = new("data")
        {
            Description = $"what to learn from: series as {DataFiles.Series}",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string[]> vary = new("--vary")
        {
            Description = "a setting and its values, may be repeated: lr=1e-4..1e-2:log, hidden=20,50,100, alpha=0..1:5 (five values), "
                + "\"alpha=0.1..1 if forcing=gtf\", seed=1..5:5",
            HelpName = "setting=values",
        };
        Option<string[]> set = new("--set") { Description = "a setting and its one value, may be repeated", HelpName = "setting=value" };
        Option<string?> config = new("--config") { Description = "settings from a JSON file; --set wins", HelpName = "file" };
        Option<string[]> objective = new("--objective")
        {
            Description = "a number of the training or of attractor evaluate, such as d_stsp or accuracy:max; of several the Pareto front "
                + "[d_stsp]",
            HelpName = "metric",
        };
        Option<string?> validation = new("--validate") { Description = "data to score on [those learnt from]", HelpName = "file" };
        Option<string> sampler = new("--sampler")
        {
            Description = string.Join(", ", StudySampler.All.Select(s => s.Name)),
            DefaultValueFactory = _ => StudySampler.All[0].Name,
            HelpName = "word",
        };
        Option<string> pruner = new("--pruner")
        {
            Description = string.Join(", ", StudyPruner.All.Select(p => p.Name)),
            DefaultValueFactory = _ => StudyPruner.All[0].Name,
            HelpName = "word",
        };
        Option<string?> pruneOn = new("--prune-on")
        {
            Description = "the intermediate value to prune by [of networks selection_score, how they run on their own; else loss]",
            HelpName = "metric",
        };
        Option<long?> pruneFrom = new("--prune-from") { Description = "the first step to prune at [a ninth of all]", HelpName = "n" };
        Option<int> pruneFactor = new("--prune-factor")
        {
            Description = "of halving: what the field shrinks by",
            DefaultValueFactory = _ => 3,
            HelpName = "n",
        };
        Option<long?> trials = new("--trials", "-n") { Description = "how many [all of a grid, else 30]", HelpName = "n" };
        Option<long> seed = new("--seed") { Description = "seed of the sampler", DefaultValueFactory = _ => 0, HelpName = "n" };
        Option<double> lease = new("--lease")
        {
            Description = "seconds after which a trial of a worker that is not heard of is another's",
            DefaultValueFactory = _ => 60,
            HelpName = "s",
        };
        Option<string?> name = new("--name") { Description = "by which a database knows it [the folder's]", HelpName = "word" };
        Option<bool> artifacts = new("--artifacts")
        {
            Description = "keep checkpoints and models in the database too, for machines that share no file system",
        };
        Option<string?> store = StudyCommand.Store();
        Option<bool> json = CommonOptions.Json();
        Command command = new("create", "Write down what is to vary and what is looked for; nothing is trained yet.")
        {
            folder, model, data, vary, set, config, objective, validation, sampler, pruner, pruneOn, pruneFrom, pruneFactor, trials, seed,
            lease, name, artifacts, store, json,
        };
        command.SetCancellableAction((parsed, _) =>
        {
            ModelKind kind = ModelKinds.Find(parsed.GetValue(model)!);
            double seconds = parsed.GetValue(lease);
            if (seconds is not (>= 1 and <= 86_400))
                throw new ArgumentException("--lease must be at least 1 and at most 86400 seconds");
            StudyPlan plan = new()
            {
                Name = parsed.GetValue(name) ?? "",
                Model = kind.Name,
                Data = parsed.GetValue(data),
                Validation = parsed.GetValue(validation),
                Settings = Settings(kind, parsed.GetValue(config), parsed.GetValue(set) ?? []),
                Space = StudySpace.Parse(kind.Name, parsed.GetValue(vary) ?? []),
                Objectives = parsed.GetValue(objective) is { Length: > 0 } metrics
                    ? [.. metrics.Select(StudyObjective.Parse)]
                    : [new("d_stsp")],
                Sampler = parsed.GetValue(sampler)!,
                Pruner = parsed.GetValue(pruner)!,
                PruneOn = parsed.GetValue(pruneOn) is { } on ? StudyObjective.Parse(on) : null,
                PruneFrom = parsed.GetValue(pruneFrom),
                PruneFactor = parsed.GetValue(pruneFactor),
                Trials = parsed.GetValue(trials),
                Seed = parsed.GetValue(seed),
                Artifacts = parsed.GetValue(artifacts),
                Lease = TimeSpan.FromSeconds(seconds),
            };
            using Study study = Study.Create(parsed.GetValue(folder)!, plan, StoreVariable.Or(parsed.GetValue(store)));
            if (parsed.GetValue(json))
                JsonOutput.Print(StudyJson.Status(study));
            else
                Console.WriteLine(
                    $"{StudyJson.StatusText(study)}\n  next: attractor study run {RunCommands.Quote(study.Path)} --workers 2");
            return 0;
        });
        return command;
    }

    private static ModelSettings Settings(ModelKind kind, string? config, string[] given)
    {
        SettingsForm form = kind.Settings;
        List<(Setting, object?)> values = [];
        if (config is not null)
            values.AddRange(RunConfig.Read(kind, JsonFile.ReadObject(config), config));
        List<Setting> named = [];
        foreach (string pair in given)
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
                throw new ArgumentException($"--set takes setting=value, such as updates=20000, not {pair}");
            string key = pair[..equals].Replace('-', '_');
            Setting setting = form.Find(key) ?? throw new ArgumentException(
                $"--set {pair}: a {kind.Name} has no setting '{key}'"
                + (NearestName.Among(form.All.Select(s => s.Key), key) is { } near ? $"; did you mean {near}?" : ""));
            named.Add(setting);
            values.Add((setting, setting.Parse(pair[(equals + 1)..])));
        }
        ModelSettings settings = (ModelSettings)form.With(form.Defaults, values) with { Model = kind.Name };
        return settings;
    }
}
