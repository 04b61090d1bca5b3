using System.CommandLine;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Cli.Runs;
using Attractor.Cli.Settings;
using Attractor.Data;
using Attractor.Data.Formats;
using Attractor.Learning;
using Attractor.Models.Recurrent;
using Attractor.Storage;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor train</c></summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        Argument<string?> model = new("model") { Description = string.Join(", ", RecurrentModel.Kinds), Arity = ArgumentArity.ZeroOrOne };
        Argument<string?> data = new("data") { Description = "series as .npy, .npz (several trials) or .csv", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> output = CommonOptions.Output("the run folder [runs/DATA-MODEL-N]");
        Option<string?> config = new("--config") { Description = "settings from a JSON file, such as a run's config.json; the command line wins", HelpName = "file" };
        Option<string?> resume = new("--resume") { Description = "go on with an unfinished run", HelpName = "run" };
        Option<string?> seeds = new("--seeds") { Description = "several seeds at once, such as 1..8, each in a folder of its own", HelpName = "a..b" };
        Option<bool> overwrite = new("--overwrite") { Description = "replace a run that is there" };
        Option<bool> json = CommonOptions.Json();
        Command command = new("train", "Train a model on data, into a run folder.") { model, data, output, config, resume, seeds, overwrite };
        Dictionary<Setting, Option<string?>> options = [];
        foreach (Setting setting in TrainSettings.All)
        {
            options[setting] = new(setting.Option) { Description = setting.Help, HelpName = setting.Kind == SettingKind.Word ? "word" : "n" };
            command.Add(options[setting]);
        }
        command.Add(json);
        command.SetCancellableAction((parsed, token) =>
        {
            Request request = new(
                parsed.GetValue(model), parsed.GetValue(data), parsed.GetValue(output), parsed.GetValue(config), parsed.GetValue(resume), parsed.GetValue(seeds),
                parsed.GetValue(overwrite), options.Where(o => parsed.GetValue(o.Value) is not null).ToDictionary(o => o.Key, o => o.Key.Parse(parsed.GetValue(o.Value)!)));
            return Run(request, parsed.GetValue(json), parsed.GetValue(CommonOptions.Quiet), token);
        });
        return command;
    }

    private static int Run(Request request, bool json, bool quiet, CancellationToken token)
    {
        List<(string Path, TrainSettings Settings)> plan = request.Resume is null ? PlanNew(request) : PlanResumed(request);
        IReadOnlyList<TimeSeries> trials = SeriesFile.ReadTrials(plan[0].Settings.Data, plan[0].Settings.Dt);
        List<TrainingRun> runs = [];
        try
        {
            foreach ((string path, TrainSettings settings) in plan)
                runs.Add(TrainingRun.Prepare(path, settings, trials, request.Resume is not null, request.Overwrite));
            runs.ForEach(r => r.Begin());
            TrainingResult[] results = TrainAll(runs, quiet || json && Console.IsErrorRedirected, token);
            return Conclude(request, runs, results, json);
        }
        finally
        {
            runs.ForEach(r => r.Dispose());
        }
    }

    private static TrainingResult[] TrainAll(List<TrainingRun> runs, bool quiet, CancellationToken token)
        => TrainingDisplay.Run([.. runs.Select(r => Path.GetFileName(r.Path))], quiet, progress =>
        {
            TrainingResult[] results = new TrainingResult[runs.Count];
            try
            {
                Parallel.For(0, runs.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i => results[i] = runs[i].Train(progress[i], token));
            }
            catch (AggregateException e)
            {
                // What went wrong in one of the runs is what the user needs to hear.
                ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions[0]);
            }
            return results;
        });

    private static int Conclude(Request request, List<TrainingRun> runs, TrainingResult[] results, bool json)
    {
        if (json)
        {
            JsonObject[] descriptions = [.. runs.Zip(results, (run, result) => run.Describe(result))];
            Json.Print(request.Seeds is null && descriptions.Length == 1 ? descriptions[0] : new JsonObject { ["runs"] = new JsonArray([.. descriptions]) });
        }
        else
        {
            foreach ((TrainingRun run, TrainingResult result) in runs.Zip(results))
                Console.WriteLine(Sentence(run, result));
        }
        if (results.Any(r => r.Ending == TrainingEnding.Cancelled))
        {
            string path = request.Resume ?? (request.Seeds is null ? runs[0].Path : Path.GetDirectoryName(runs[0].Path)!);
            Console.Error.WriteLine($"attractor: cancelled; attractor train --resume {RunCommands.Quote(path)} goes on");
            return 130;
        }
        return results.Any(r => r.Ending == TrainingEnding.Diverged) ? 1 : 0;
    }

    private static string Sentence(TrainingRun run, TrainingResult result)
    {
        string loss = result.Losses.Count > 0 ? FormattableString.Invariant($", loss {result.Losses[^1].Loss:G4}") : "";
        string done = FormattableString.Invariant($"{run.Path}: {result.State.Update:N0} updates in {result.Seconds:F1} s{loss}");
        return result.Ending switch
        {
            TrainingEnding.Completed => $"{done}\n  next: attractor evaluate {RunCommands.Quote(run.Path)} test.npy",
            TrainingEnding.Cancelled => $"{done}, cancelled",
            _ => $"{done}: diverged {result.State.Divergences} times, the last good state is kept; try a lower --lr, more forcing, or --clip 1",
        };
    }

    private static List<(string Path, TrainSettings Settings)> PlanNew(Request request)
    {
        string model = request.Model ?? throw new ArgumentException("which model? attractor train clipped-shplrnn data.npy");
        if (!RecurrentModel.Kinds.Contains(model))
        {
            string nearest = NearestMatch.Find(model, RecurrentModel.Kinds) is { } match ? $"; did you mean {match}?" : "";
            throw new ArgumentException($"there is no model '{model}'{nearest} (there are {string.Join(", ", RecurrentModel.Kinds)})");
        }
        string data = request.Data ?? throw new ArgumentException($"which data? attractor train {model} data.npy");
        TrainSettings settings = new() { Model = model, Data = data };
        foreach ((Setting setting, object value) in request.Given)
            settings.Set(setting.Key, value);
        if (settings.IsSet("hidden") && !settings.HasHiddenUnits)
            throw new ArgumentException($"a {model} has no hidden units: leave --hidden out and set its size by --latent");
        if (request.Config is { } file)
            settings.Take(JsonFile.ReadObject(file), file);
        if (settings.Seed < 0)
            throw new ArgumentException($"--seed must not be negative, not {settings.Seed}");
        string output = Path.TrimEndingDirectorySeparator(request.Output ?? FreeName(data, model));
        if (request.Seeds is null)
            return [(output, settings)];
        return [.. SeedRange.Parse(request.Seeds).Select(seed => (Path.Combine(output, $"seed-{seed}"), settings.WithSeed(seed)))];
    }

    private static List<(string Path, TrainSettings Settings)> PlanResumed(Request request)
    {
        string path = Path.TrimEndingDirectorySeparator(request.Resume!);
        if (request.Given.Count > 0 || request.Config is not null || request.Seeds is not null || request.Output is not null || request.Overwrite)
            throw new ArgumentException("--resume takes everything from the run's config.json: leave the other options out");
        if (!Directory.Exists(path))
            throw new DirectoryNotFoundException($"there is no run {path}");
        string[] folders = File.Exists(Path.Combine(path, "config.json")) ? [path] : [.. Directory.EnumerateDirectories(path, "seed-*").Order(StringComparer.Ordinal)];
        if (folders.Length == 0)
            throw new FileNotFoundException($"{path} is not a run: it has no config.json");
        if (folders.Length > 1)
            folders = [.. folders.Where(f => !File.Exists(Path.Combine(f, "model.safetensors")))];
        if (folders.Length == 0)
            throw new IOException($"{path} is finished: there is nothing to resume");
        List<(string Path, TrainSettings Settings)> plan = [.. folders.Select(f => (f, FromConfig(f)))];
        foreach ((string folder, TrainSettings settings) in plan)
        {
            if (request.Model is { } model && model != settings.Model)
                throw new ArgumentException($"{folder} is a run of {settings.Model}, not of {model}: leave the model out");
            if (request.Data is { } data && Path.GetFullPath(data) != Path.GetFullPath(settings.Data))
                throw new ArgumentException($"{folder} is a run on {settings.Data}, not on {data}: leave the data out");
        }
        return plan;
    }

    private static TrainSettings FromConfig(string folder)
    {
        JsonElement config = RunFolder.ReadConfig(folder);
        TrainSettings settings = new() { Model = Word("model"), Data = Word("data") };
        settings.Take(config, Path.Combine(folder, "config.json"));
        return settings;

        string Word(string key) => config.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new InvalidDataException($"{folder}: its config.json lacks \"{key}\"");
    }

    private static string FreeName(string data, string model)
    {
        string stem = Path.Combine("runs", $"{Path.GetFileNameWithoutExtension(data)}-{model}");
        for (int n = 1; ; n++)
        {
            string name = FormattableString.Invariant($"{stem}-{n}");
            if (!Directory.Exists(name))
                return name;
        }
    }

    private sealed record Request(
        string? Model, string? Data, string? Output, string? Config, string? Resume, string? Seeds, bool Overwrite, Dictionary<Setting, object> Given);
}
