using System.CommandLine;
using System.Text.Json.Nodes;
using Attractor.Models;
using Attractor.Reports;
using Attractor.Runs;

namespace Attractor.Cli.Output;

/// <summary>The options that take the figures out of a report.</summary>
internal sealed class FigureOptions
{
    private readonly Option<string?> _folder = new Option<string?>("--figures")
    {
        Description = "also write every figure of the report into a folder, and its data as CSV",
        HelpName = "folder"
    }.In(SettingGroup.Output);

    private readonly Option<string> _format = new Option<string>("--format")
    {
        Description = "of the figures: svg, pdf with its font inside, or png of 300 dots an inch",
        DefaultValueFactory = _ => KebabCase.Of(FigureFormat.Svg),
        HelpName = "format"
    }.In(SettingGroup.Output);

    private readonly Option<double> _width = new Option<double>("--width")
    {
        Description = "width of the figures on paper in millimetres; 85 is a column of many journals",
        DefaultValueFactory = _ => 170,
        HelpName = "mm"
    }.In(SettingGroup.Output);

    /// <summary>Adds the options to a command.</summary>
    public FigureOptions(Command command)
    {
        _format.CompletionSources.Add(KebabCase.All<FigureFormat>());
        foreach (Option option in (Option[])[_folder, _format, _width])
            command.Add(option);
    }

    /// <summary>Refuses what cannot be written, before any work.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public void Check(ParseResult parsed)
    {
        Format(parsed);
        if (parsed.GetValue(_width) is not (>= 20 and <= 1000))
            throw new ArgumentException(FormattableString.Invariant($"--width must be 20 to 1000, not {parsed.GetValue(_width)}"));
        if (parsed.GetValue(_folder) is { } folder && File.Exists(folder))
            throw new ArgumentException($"--figures {folder} is a file, expected a folder");
        if (OutputOption.IsRun(parsed.GetValue(_folder)))
            throw new ArgumentException($"--figures {parsed.GetValue(_folder)} is a run: name a folder beside it, or one within");
    }

    /// <summary>Refuses them where the report is of several runs, whose figures are tables.</summary>
    /// <exception cref="ArgumentException">They are asked for.</exception>
    public void RefuseForSeveral(ParseResult parsed)
    {
        if (parsed.GetValue(_folder) is not null)
            throw new ArgumentException("--figures takes those of the report of one run: name a run instead of a folder of several");
    }

    /// <summary>Writes the figures of the report that an answer names.</summary>
    /// <returns>What was written, in a line; null if nothing was asked for.</returns>
    public string? Write(ParseResult parsed, Answer answer)
    {
        if (parsed.GetValue(_folder) is not { } folder)
            return null;
        IReadOnlyList<string> written = FigureFiles.Write(
            answer.Json["report"]!.GetValue<string>(), folder, parsed.GetValue(_width), Format(parsed));
        answer.Json["figures"] = new JsonArray([.. written.Select(file => (JsonNode?)file)]);
        return $"{folder}: {written.Count / 2} figures and their data";
    }

    /// <summary>Whether what a report is asked of is a page that is written already, of whatever verb.</summary>
    public static bool IsPage(string path)
        => OutputOption.Page.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) && !Directory.Exists(path);

    /// <summary>Writes the figures of a page that is written already.</summary>
    /// <exception cref="ArgumentException">No folder is given for them.</exception>
    public Answer TakeFrom(ParseResult parsed, string page)
    {
        if (parsed.GetValue(_folder) is null)
            throw new ArgumentException($"{page} is a page that is written already: --figures FOLDER takes its figures");
        Answer answer = new(new JsonObject { ["report"] = page }, "", true);
        return answer with { Text = Write(parsed, answer)! };
    }

    private FigureFormat Format(ParseResult parsed)
    {
        string word = parsed.GetValue(_format)!;
        return KebabCase.Find<FigureFormat>(word)
            ?? throw new ArgumentException(
                $"--format takes {string.Join(" or ", KebabCase.All<FigureFormat>())}, not '{word}'");
    }
}
