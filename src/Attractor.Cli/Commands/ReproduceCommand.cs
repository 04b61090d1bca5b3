using System.CommandLine;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Data;
using Attractor.Experiments;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary>
/// <c>attractor reproduce</c>: the experiments behind the project, the document's values beside those found; each a command of its own,
/// with
/// its own options.
/// </summary>
internal static class ReproduceCommand
{
    /// <param name="withOptions">Whether the experiments are to be asked for their settings.</param>
    public static Command Create(bool withOptions)
    {
        Argument<string?> name = new("name")
        {
            Description = "the experiment; without a name they are listed",
            Arity = ArgumentArity.ZeroOrOne
        };
        Option<bool> json = CommonOptions.Json();
        Command command = new("reproduce", "Repeat an experiment, the document's values beside those found.") { name, json };
        command.SetCancellableAction((parsed, _) =>
        {
            if (parsed.GetValue(name) is { } wanted)
                throw Unknown(wanted);
            List(parsed.GetValue(json));
            return 0;
        });
        if (!withOptions)
            return command;
        foreach (Experiment experiment in AllExperiments.List)
            command.Add(Below(experiment));
        command.Add(All());
        return command;
    }

    private static Command Below(Experiment experiment)
    {
        OutputOption output = CommonOptions.OutputFile(
            $"the report [{experiment.Name}{experiment.Extension}]; networks go to the folder NAME-runs beside it",
            experiment.Extension == ".html" ? OutputOption.Page : [experiment.Extension]);
        Option<bool> overwrite = new("--overwrite") { Description = "replace networks of other settings that are there" };
        Option<bool> json = CommonOptions.Json();
        Command command = new(experiment.Name, Capital(experiment.Description) + ".") { output, overwrite };
        SettingOptions options = new(command, experiment.Form.All.Select(s => (s, s.Help)));
        command.Add(json);
        command.SetCancellableAction((parsed, token) =>
        {
            (Setting Setting, string Text)[] given = [.. options.Given(parsed)];
            ExperimentSettings settings = (ExperimentSettings)experiment.Form.With(
                experiment.Form.Defaults, [.. given.Select(g => (g.Setting, g.Setting.Parse(g.Text)))]);
            if (given.Select(g => settings.WhyUnused(g.Setting.Property)).Prepend(settings.WhyNot()).FirstOrDefault(r => r is not null)
                is { } reason)
                throw new SettingException(reason);
            ExperimentSession session = new(
                parsed.GetValue(output) ?? experiment.Name + experiment.Extension,
                parsed.GetValue(json) || parsed.GetValue(CommonOptions.Quiet),
                parsed.GetValue(overwrite),
                OptionName.Of);
            JsonObject result = experiment.Run(settings, session, token);
            if (parsed.GetValue(json))
                JsonOutput.Print(result);
            return 0;
        });
        return command;
    }

    private static Command All()
    {
        Option<string?> folder = new("--output", "-o")
        {
            Description = "the folder of the reports and of index.html [reproduction]",
            HelpName = "folder"
        };
        Option<string?> data = new("--data")
        {
            Description = "a folder of the data that documents name, as lorenz63, lorenz63_delay, mnist, jsb and earthquakes below it "
                + "[what the program makes itself]",
            HelpName = "folder"
        };
        Option<string?> only = new("--only") { Description = "names of experiments, with commas between them [all]", HelpName = "names" };
        Option<bool> scale = new("--quick") { Description = "a look at the pages: every experiment at a small part of its size" };
        Option<bool> overwrite = new("--overwrite") { Description = "begin again, finished experiments too" };
        Option<bool> json = CommonOptions.Json();
        Command command = new("all", "Every experiment at full size, in one folder with one page that leads to all; the same command goes "
            + "on.")
        {
            folder, data, only, scale, overwrite, json
        };
        command.SetCancellableAction((parsed, token) =>
        {
            Reproduction reproduction = new(
                parsed.GetValue(folder) ?? "reproduction",
                parsed.GetValue(data),
                Wanted(parsed.GetValue(only)),
                parsed.GetValue(scale),
                parsed.GetValue(overwrite),
                parsed.GetValue(json) || parsed.GetValue(CommonOptions.Quiet),
                OptionName.Of);
            JsonObject result = reproduction.Run(token);
            if (parsed.GetValue(json))
                JsonOutput.Print(result);
            else
                Console.WriteLine($"{result["index"]}: leads to all of them");
            return (int)result["failed"]! == 0 ? 0 : 1;
        });
        return command;
    }

    private static IReadOnlyList<Experiment> Wanted(string? names) => names is null
        ? [.. AllExperiments.List.Where(e => e.IsOfDocument)]
        : [.. names.Split(',', StringSplitOptions.TrimEntries).Select(n => AllExperiments.Find(n) ?? throw Unknown(n))];

    private static ArgumentException Unknown(string wanted)
    {
        string hint = NearestName.Among(AllExperiments.List.Select(e => e.Name), wanted) is { } nearest ? $"; did you mean {nearest}?" : "";
        return new($"there is no experiment '{wanted}'{hint} (attractor reproduce lists them)");
    }

    private static string Capital(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence[1..];

    private static void List(bool json)
    {
        if (json)
        {
            JsonOutput.Print(new JsonObject { ["experiments"] = new JsonArray([.. AllExperiments.List.Select(e => (JsonNode?)e.Name)]) });
            return;
        }
        int width = AllExperiments.List.Max(e => e.Name.Length);
        foreach (Experiment experiment in AllExperiments.List)
            Console.WriteLine($"{experiment.Name.PadRight(width)}  {experiment.Description}");
        Console.WriteLine($"{"all".PadRight(width)}  every one of them at full size, with one page that leads to all");
    }
}
