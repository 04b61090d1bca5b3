using System.CommandLine;
using Attractor.Cli.Output;
using Attractor.Data;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor look</c></summary>
internal static class LookCommand
{
    public static Command Create()
    {
        Argument<string> file = new("data") { Description = $"a file of data: {DataFiles.Series}, also gzipped" };
        Option<double?> dt = CommonOptions.TimeStep();
        Option<bool> json = CommonOptions.Json();
        Command command = new("look", "What is understood of a file of data: variables, rows, times, gaps, moments, periods.") { file, dt };
        DataOptions chosen = new(command);
        command.Add(json);
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(file)!;
            DataReading reading = DataFile.Read(
                path, (chosen.Given(parsed) ?? new()) with { Dt = SeriesSource.RequirePositive(parsed.GetValue(dt)) });
            if (parsed.GetValue(json))
                JsonOutput.Print(DataLook.ToJson(path, reading, OptionName.Of));
            else
                Console.WriteLine(SettingSentence.Render(DataLook.Text(path, reading), OptionName.Of));
            return 0;
        });
        return command;
    }
}
