using Attractor.Runs;
using Attractor.Storage;

namespace Attractor.Cli.Training;

/// <summary>Which runs a command line asks for, each in its folder.</summary>
internal static class RunPlan
{
    public static List<(string Path, ModelSettings Settings)> Of(RunRequest request)
        => request.Resume is null ? New(request) : Resumed(request);

    private static List<(string Path, ModelSettings Settings)> New(RunRequest request)
    {
        ModelKind kind = ModelKinds.Find(
            request.Model ?? throw new ArgumentException("which model? attractor train shplrnn data.npy"));
        SettingsForm form = kind.Settings;
        string data = kind.DataOf(request.Data, (ModelSettings)form.With(form.Defaults, request.Given));
        RunLayout.RequireLasting(data);
        IReadOnlyList<(Setting, object?)> configured = request.Config is { } file
            ? RunConfig.Read(kind, JsonFile.ReadObject(file), file)
            : [];
        ModelSettings settings = (ModelSettings)form.With(form.Defaults, [.. configured, .. request.Given]);
        settings = settings with { Model = kind.Name, Data = data };
        settings.RequireUse([.. request.Given.Select(g => g.Setting)]);
        string output = Path.TrimEndingDirectorySeparator(request.Output ?? FreeName(data, kind.Name));
        if (request.Seeds is null)
            return [(output, settings)];
        return [.. SeedRange.Parse(request.Seeds).Select(seed => (Path.Combine(output, $"seed-{seed}"), settings with { Seed = seed }))];
    }

    private static List<(string Path, ModelSettings Settings)> Resumed(RunRequest request)
    {
        string path = Path.TrimEndingDirectorySeparator(request.Resume!);
        if (request.Given.Any(g => !g.Setting.IsLength) || request.Config is not null
            || request.Seeds is not null || request.Output is not null || request.Overwrite)
            throw new ArgumentException(
                "--resume takes everything from the run's config.json, but for how much longer it learns: leave the other options out");
        if (!Directory.Exists(path))
            throw new DirectoryNotFoundException($"there is no run {path}");
        string[] folders = File.Exists(Path.Combine(path, RunLayout.Config)) ? [path] : [.. RunLayout.Seeds(path)];
        if (folders.Length == 0)
            throw new FileNotFoundException($"{path} is not a run: it has no {RunLayout.Config}");
        if (folders.Length > 1 && request.Given.Count == 0)
            folders = [.. folders.Where(f => !File.Exists(Path.Combine(f, RunLayout.Model)))];
        if (folders.Length == 0)
            throw new IOException($"{path} is finished: there is nothing to resume");
        List<(string Path, ModelSettings Settings)> plan = [.. folders.Select(f => (f, RunConfig.Settings(f).Longer(request.Given)))];
        foreach ((string folder, ModelSettings settings) in plan)
        {
            if (request.Model is { } model && model != settings.Model)
                throw new ArgumentException($"{folder} is a run of {settings.Model}, not of {model}: leave the model out");
            if (request.Data is { } data && Path.GetFullPath(data) != Path.GetFullPath(settings.Data))
                throw new ArgumentException($"{folder} is a run on {settings.Data}, not on {data}: leave the data out");
        }
        return plan;
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
