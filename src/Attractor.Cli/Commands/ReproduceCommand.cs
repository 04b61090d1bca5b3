using System.CommandLine;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Cli.Training;
using Attractor.Data;
using Attractor.Experiments;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor reproduce</c>: the experiments behind the project, the published value beside ours.</summary>
internal static class ReproduceCommand
{
    public static Command Create()
    {
        Argument<string?> name = new("name")
        {
            Description = "the experiment; without a name they are listed",
            Arity = ArgumentArity.ZeroOrOne
        };
        Option<string?> data = new("--data")
        {
            Description =
                "a folder with train.npy and test.npy [Lorenz-63, simulated]; of the autoencoders with the MNIST files [the cache, else "
                + "digits that the program draws]; of earthquakes a catalogue as .csv [none]",
            HelpName = "folder"
        };
        Option<string?> delay = new("--delay-data")
        {
            Description = "of teacher-forcing: another, delay-embedded [one variable of Lorenz-63]",
            HelpName = "folder"
        };
        Option<long?> updates = new("--updates") { Description = "gradient steps of each training [the experiment's own]", HelpName = "n" };
        Option<string?> seeds = new("--seeds") { Description = "seeds to train with [the experiment's own]", HelpName = "a..b" };
        Option<int?> periods = new("--periods") { Description = "of lyapunov-table: periods to average over [5000]", HelpName = "n" };
        Option<int?> epochs = new("--epochs")
        {
            Description = "of the autoencoders: passes over the data [the experiment's own]",
            HelpName = "n"
        };
        OutputOption output = CommonOptions.OutputFile(
            "the report [NAME.html]; of lyapunov-table, a Markdown file", ".html", ".htm", ".md");
        Option<bool> json = CommonOptions.Json();
        Command command = new("reproduce", "Repeat an experiment, the published value beside ours.")
        {
            name, data, delay, updates, seeds, periods, epochs, output, json
        };
        command.SetCancellableAction((parsed, token) =>
        {
            if (parsed.GetValue(name) is not { } wanted)
            {
                List(parsed.GetValue(json));
                return 0;
            }
            Experiment experiment = Experiment.All.FirstOrDefault(e => e.Name == wanted) ?? throw Unknown(wanted);
            if (parsed.GetValue(updates) < 1)
                throw new ArgumentException("--updates must be positive");
            if (parsed.GetValue(periods) < 1)
                throw new ArgumentException("--periods must be positive");
            if (parsed.GetValue(epochs) < 1)
                throw new ArgumentException("--epochs must be positive");
            ExperimentSettings settings = new(
                parsed.GetValue(data),
                parsed.GetValue(delay),
                parsed.GetValue(updates),
                parsed.GetValue(seeds) is { } range ? SeedRange.Parse(range) : null,
                parsed.GetValue(periods),
                parsed.GetValue(epochs),
                parsed.GetValue(output),
                parsed.GetValue(json) || parsed.GetValue(CommonOptions.Quiet))
            { Name = OptionName.Of };
            JsonObject result = experiment.Run(settings, token);
            if (parsed.GetValue(json))
                JsonOutput.Print(result);
            return 0;
        });
        return command;
    }

    private static ArgumentException Unknown(string wanted)
    {
        string hint = NearestName.Among(Experiment.All.Select(e => e.Name), wanted) is { } nearest ? $"; did you mean {nearest}?" : "";
        return new($"there is no experiment '{wanted}'{hint} (attractor reproduce lists them)");
    }

    private static void List(bool json)
    {
        if (json)
        {
            JsonOutput.Print(new JsonObject { ["experiments"] = new JsonArray([.. Experiment.All.Select(e => (JsonNode?)e.Name)]) });
            return;
        }
        int width = Experiment.All.Max(e => e.Name.Length);
        foreach (Experiment experiment in Experiment.All)
            Console.WriteLine($"{experiment.Name.PadRight(width)}  {experiment.Description}");
    }
}
