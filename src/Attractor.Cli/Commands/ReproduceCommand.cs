using System.CommandLine;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Cli.Reproductions;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor reproduce</c>: the experiments behind the project, the published value beside ours.</summary>
internal static class ReproduceCommand
{
    private const string TeacherForcing = "teacher-forcing";

    public static Command Create()
    {
        Argument<string?> name = new("name") { Description = "the experiment; without a name they are listed", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> data = new("--data") { Description = "a folder with train.npy and test.npy [Lorenz-63, simulated]", HelpName = "folder" };
        Option<string?> delay = new("--delay-data") { Description = "another, delay-embedded [one variable of Lorenz-63, simulated and embedded]", HelpName = "folder" };
        Option<long> updates = new("--updates") { Description = "gradient steps of each training", DefaultValueFactory = _ => 20_000, HelpName = "n" };
        Option<string> seeds = new("--seeds") { Description = "seeds at each interval", DefaultValueFactory = _ => "1..3", HelpName = "a..b" };
        Option<string?> output = CommonOptions.Output("the report [teacher-forcing.html]");
        Option<bool> json = CommonOptions.Json();
        Command command = new("reproduce", "Repeat an experiment, the published value beside ours.") { name, data, delay, updates, seeds, output, json };
        command.SetCancellableAction((parsed, token) =>
        {
            if (parsed.GetValue(name) is not { } experiment)
            {
                if (parsed.GetValue(json))
                    Json.Print(new JsonObject { ["experiments"] = new JsonArray(TeacherForcing) });
                else
                    Console.WriteLine($"{TeacherForcing}  sparse teacher forcing of a shallow PLRNN: tau = 16, and D_stsp over tau");
                return 0;
            }
            if (experiment != TeacherForcing)
                throw new ArgumentException($"there is no experiment '{experiment}'{(NearestMatch.Find(experiment, [TeacherForcing]) is { } match ? $"; did you mean {match}?" : "")} (attractor reproduce lists them)");
            if (parsed.GetValue(updates) < 1)
                throw new ArgumentException("--updates must be positive");
            TeacherForcingExperiment run = new(
                parsed.GetValue(data), parsed.GetValue(delay), parsed.GetValue(updates), Runs.SeedRange.Parse(parsed.GetValue(seeds)!), parsed.GetValue(output) ?? "teacher-forcing.html",
                parsed.GetValue(json) || parsed.GetValue(CommonOptions.Quiet));
            JsonObject result = run.Run(token);
            if (parsed.GetValue(json))
                Json.Print(result);
            return 0;
        });
        return command;
    }
}
