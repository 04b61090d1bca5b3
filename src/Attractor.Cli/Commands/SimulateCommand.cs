using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Data;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor simulate</c></summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        Argument<string> system = new("system") { Description = "a name that attractor systems lists, or a file of equations" };
        system.WithSystems();
        Option<int> steps = new("--steps", "-n") { Description = "rows of the result", DefaultValueFactory = _ => 100_000, HelpName = "n" };
        Option<double?> dt = CommonOptions.TimeStep();
        Option<string[]> parameters = CommonOptions.Parameters();
        Option<double?> transient = new("--transient")
        {
            Description = "time to run through beforehand; of a map, steps [10,000 default steps]",
            HelpName = "time"
        };
        Option<double> noise = new("--noise")
        {
            Description = "Gaussian noise, in standard deviations of each variable [0]",
            HelpName = "n"
        };
        Option<long?> seed = new("--seed")
        {
            Description = "seed of another initial condition and of the noise [the system's own; 0]",
            HelpName = "n"
        };
        Option<bool> standardize = new("--standardize")
        {
            Description = "mean 0 and standard deviation 1 for each variable, before the noise"
        };
        OutputOption output = CommonOptions.OutputFile(
            $"the file to write, {DataFiles.Written} [SYSTEM.npy]", OutputOption.Series);
        Option<bool> json = CommonOptions.Json();
        Command command = new("simulate", "Simulate a known system into a file.")
        {
            system, steps, dt, parameters, transient, noise, seed, standardize, output, json
        };
        command.SetAction(parsed =>
        {
            SimulatedSystem simulated = SimulatedSystem.Find(parsed.GetValue(system)!, parsed.GetValue(parameters));
            string path = parsed.GetValue(output) ?? simulated.Name + ".npy";
            (TimeSeries series, double step) = simulated.Make(
                parsed.GetValue(steps),
                parsed.GetValue(dt),
                parsed.GetValue(transient),
                parsed.GetValue(standardize),
                parsed.GetValue(noise),
                parsed.GetValue(seed));
            SeriesFile.Write(path, series);
            if (parsed.GetValue(json))
                JsonOutput.Print(new JsonObject
                {
                    ["system"] = simulated.Name,
                    ["file"] = path,
                    ["rows"] = series.Length,
                    ["columns"] = series.Dimension,
                    ["dt"] = step
                });
            else
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path}: {series.Length:N0} rows of {string.Join(", ", series.Names)}, dt {step}"
                    + $"\n  next: {Next(simulated, RunCommands.Quote(path), step)}"));
            return 0;
        });
        return command;
    }

    // One variable is not the state of a delay equation, and a model of single values would have to guess the rest.
    private static string Next(SimulatedSystem system, string path, double dt)
        => system.IsDelayed
            ? FormattableString.Invariant($"attractor embed {path} --dt {dt} -o embedded.npy")
            : FormattableString.Invariant($"attractor train shplrnn {path} --dt {dt} -o RUN");
}
