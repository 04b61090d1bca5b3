using System.CommandLine;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor study add</c></summary>
internal static class StudyAddCommand
{
    public static Command Create()
    {
        Argument<string> folder = StudyCommand.Folder();
        Argument<string[]> point = new("point")
        {
            Description = "one trial at a point of your own: setting=value, one for each; what is missing is drawn",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<long?> trials = new("--trials", "-n") { Description = "so many more", HelpName = "n" };
        Option<string?> store = StudyCommand.Store();
        Option<bool> json = CommonOptions.Json();
        Command command = new("add", "Ask a study for more trials, or for one at a point of your own.")
        {
            folder, point, trials, store, json,
        };
        command.SetCancellableAction((parsed, _) =>
        {
            string[] values = parsed.GetValue(point) ?? [];
            long? more = parsed.GetValue(trials);
            if ((values.Length == 0) == (more is null))
                throw new ArgumentException("say --trials n, or a point such as lr=0.001 hidden=50");
            if (more <= 0)
                throw new ArgumentException("--trials must be positive");
            using Study study = Study.Open(parsed.GetValue(folder)!, StoreVariable.Or(parsed.GetValue(store)));
            long? number = null;
            if (more is { } count)
                study.Add(count);
            else
                number = study.Add(Point(values));
            if (parsed.GetValue(json))
            {
                JsonObject status = StudyJson.Status(study);
                status["added"] = number;
                JsonOutput.Print(status);
            }
            else
            {
                Console.WriteLine(StudyJson.StatusText(study) + $"\n  next: attractor study run {RunCommands.Quote(study.Path)}");
            }
            return 0;
        });
        return command;
    }

    private static Dictionary<string, string> Point(string[] values)
    {
        Dictionary<string, string> point = new(StringComparer.Ordinal);
        foreach (string pair in values)
            if (pair.Split('=', 2) is not [{ Length: > 0 } key, { Length: > 0 } value])
                throw new ArgumentException($"a point is written as setting=value, not {pair}");
            else if (!point.TryAdd(key.Replace('-', '_'), value))
                throw new ArgumentException($"{key} is given twice");
        return point;
    }
}
