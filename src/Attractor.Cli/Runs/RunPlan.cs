using System.Text.Json;
using Attractor.Cli.Settings;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Cli.Runs;

/// <summary>Which runs a command line asks for, each in its folder.</summary>
internal static class RunPlan
{
    public static List<(string Path, RunSettings Settings)> Of(RunRequest request) => request.Resume is null ? New(request) : Resumed(request);

    private static List<(string Path, RunSettings Settings)> New(RunRequest request)
    {
        string model = request.Model ?? throw new ArgumentException("which model? attractor train clipped-shplrnn data.npy");
        string data = model == VariationalAutoencoder.KindName
            ? AutoencoderSettings.DataOf(request)
            : request.Data ?? throw new ArgumentException($"which data? attractor train {model} data.npy");
        RunSettings settings = RunSettings.For(model, data);
        foreach ((Setting setting, object value) in request.Given)
            settings.Set(setting.Key, value);
        if (settings is RecurrentSettings { HasHiddenUnits: false } && settings.IsSet("hidden"))
            throw new ArgumentException($"a {model} has no hidden units: leave --hidden out and set its size by --latent");
        if (request.Config is { } file)
            settings.Take(JsonFile.ReadObject(file), file);
        settings.RequireUse(request.Given.Keys);
        if (settings.Seed < 0)
            throw new ArgumentException($"--seed must not be negative, not {settings.Seed}");
        string output = Path.TrimEndingDirectorySeparator(request.Output ?? FreeName(data, model));
        if (request.Seeds is null)
            return [(output, settings)];
        return [.. SeedRange.Parse(request.Seeds).Select(seed => (Path.Combine(output, $"seed-{seed}"), settings.WithSeed(seed)))];
    }

    private static List<(string Path, RunSettings Settings)> Resumed(RunRequest request)
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
        List<(string Path, RunSettings Settings)> plan = [.. folders.Select(f => (f, FromConfig(f)))];
        foreach ((string folder, RunSettings settings) in plan)
        {
            if (request.Model is { } model && model != settings.Model)
                throw new ArgumentException($"{folder} is a run of {settings.Model}, not of {model}: leave the model out");
            if (request.Data is { } data && Path.GetFullPath(data) != Path.GetFullPath(settings.Data))
                throw new ArgumentException($"{folder} is a run on {settings.Data}, not on {data}: leave the data out");
        }
        return plan;
    }

    /// <summary>The settings of a run.</summary>
    public static RunSettings FromConfig(string folder)
    {
        JsonElement config = RunFolder.ReadConfig(folder);
        RunSettings settings = RunSettings.For(Word("model"), Word("data"));
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
}
