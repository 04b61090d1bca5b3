using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO.Enumeration;
using System.Text.Json;
using Attractor.Data;
using Attractor.Runs;

namespace Attractor.Cli.Output;

/// <summary>An option that names a file to write. What it names is checked before any work.</summary>
/// <param name="name">The option.</param>
/// <param name="extensions">What the file's name may end with; <see cref="Series"/> among them for every format of series.</param>
/// <param name="aliases">Its other names.</param>
internal sealed class OutputOption(string name, string[] extensions, params string[] aliases) : Option<string?>(name, aliases)
{
    // An output among these would be a file that other verbs take for the run's own.
    private static readonly string[] s_runFiles =
    [
        RunLayout.Config, "command.txt", "metrics.jsonl", RunLayout.Model, ".lock", RaceRecord.FileName
    ];

    // The same of a study; its database has companions.
    private static readonly string[] s_studyFiles =
    [
        StudyFolder.Plan, StudyFolder.Database, StudyFolder.Database + "-wal", StudyFolder.Database + "-shm"
    ];

    /// <summary>What is written where the option is not given: a name, or a pattern of names; null where nothing is.</summary>
    public string? Customary { get; init; }

    /// <summary>The extensions of an HTML file.</summary>
    public static string[] Page { get; } = [".html", ".htm"];

    /// <summary>Those of all formats of series that can be written.</summary>
    public static string[] Series { get; } = [""];

    /// <summary>Refuses outputs of a command line that would harm something, or that nothing can be written to.</summary>
    /// <exception cref="ArgumentException">An extension does not do, or the file is an input, another output or part of a run.</exception>
    /// <exception cref="InvalidDataException">The extension is of no format of series that is written.</exception>
    /// <exception cref="IOException">It is no regular file, or its folder is not there.</exception>
    public static void Check(ParseResult parsed)
    {
        OptionResult[] outputs =
            [.. parsed.CommandResult.Children.OfType<OptionResult>().Where(o => o.Option is OutputOption && o.Tokens.Count > 0)];
        HashSet<string> written = new(StringComparer.Ordinal);
        foreach (OptionResult result in outputs)
        {
            string path = result.Tokens[0].Value;
            ((OutputOption)result.Option).Check(path);
            string target = AtomicFile.TargetOf(path);
            if (!written.Add(target))
                throw new ArgumentException($"{result.Option.Name} {path} is written by another option as well: name another file");
            if (Inputs(parsed).FirstOrDefault(i => IsSame(i, target)) is { } input)
                throw new ArgumentException($"{result.Option.Name} {path} would replace an input, {input}: name another file");
            RequireNoPart(result.Option.Name, path, target);
            if (Path.GetDirectoryName(target) is { } folder && !Directory.Exists(folder))
                throw new DirectoryNotFoundException($"{result.Option.Name} {path} cannot be written: there is no folder {folder}");
        }
        foreach (OutputOption option in parsed.CommandResult.Command.Options.OfType<OutputOption>())
            if (option.Customary is { } customary && !outputs.Any(o => o.Option == option)
                && Inputs(parsed).FirstOrDefault(i => IsCustomary(i, customary)) is { } input)
                throw new ArgumentException(
                    $"without {option.Name} this writes {customary}, which would replace an input, {input}: name a file by {option.Name}");
    }

    /// <summary>Refuses to write over what a run or a study consists of.</summary>
    /// <param name="option">The option that names the file.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">It is a part of one.</exception>
    public static void RequireNoPart(string option, string path) => RequireNoPart(option, path, AtomicFile.TargetOf(path));

    private static void RequireNoPart(string option, string path, string target)
    {
        if (IsOfRun(target))
            throw new ArgumentException($"{option} {path} is a file of a run, which it would spoil: name another file");
        if (IsOfStudy(target))
            throw new ArgumentException($"{option} {path} is a file of a study, which it would spoil: name another file");
    }

    private static bool IsCustomary(string input, string customary)
        => FileSystemName.MatchesSimpleExpression(customary, Path.GetFileName(input), ignoreCase: false)
            && IsSame(input, Path.GetFullPath(Path.GetFileName(input)));

    private static bool IsSame(string input, string target)
    {
        try
        {
            return File.Exists(input) && AtomicFile.TargetOf(input) == target;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    // Every other word of the line may name a file or several; of a run that it names, what the run was trained on.
    private static IEnumerable<string> Inputs(ParseResult parsed)
    {
        foreach (SymbolResult result in parsed.CommandResult.Children)
            foreach (Token token in result is OptionResult { Option: OutputOption } ? [] : result.Tokens)
                foreach (string word in IsRun(token.Value) ? FilesOf(token.Value) : [token.Value])
                    foreach (string file in StudyFolder.IsOne(word) ? [word] : DataFile.FilesOf(word))
                        yield return file;
    }

    private static IEnumerable<string> FilesOf(string run)
    {
        JsonElement config;
        try
        {
            config = Storage.RunFolder.ReadConfig(run);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // The verb says what is wrong with the run.
            yield break;
        }
        foreach (JsonProperty entry in config.EnumerateObject())
            if (entry.Value.ValueKind == JsonValueKind.String)
                yield return entry.Value.GetString()!;
    }

    private static bool IsOfRun(string target)
    {
        string folder = Path.GetDirectoryName(target)!;
        return IsRun(folder) && s_runFiles.Contains(Path.GetFileName(target))
            || Path.GetFileName(folder) is "checkpoint" or RaceRecord.Folder && IsRun(Path.GetDirectoryName(folder)!);
    }

    private static bool IsOfStudy(string target)
    {
        string folder = Path.GetDirectoryName(target)!;
        return StudyFolder.IsOne(folder) && s_studyFiles.Contains(Path.GetFileName(target))
            || Path.GetFileName(folder) == StudyFolder.Trials && Path.GetDirectoryName(folder) is { } study && StudyFolder.IsOne(study);
    }

    /// <summary>Whether a folder is one of a run.</summary>
    public static bool IsRun(string? folder) => folder is not null && File.Exists(Path.Combine(folder, RunLayout.Config));

    private void Check(string path)
    {
        string extension = Path.GetExtension(path).ToLowerInvariant();
        if (extension.Length > 0 && extensions.Contains(extension))
            return;
        if (extensions.Contains(Series[0]))
            SeriesFile.RequireWritable(path);
        else
            throw new ArgumentException(
                $"{Name} takes a file whose name ends with {string.Join(" or ", extensions)}, not '{path}'");
    }
}
