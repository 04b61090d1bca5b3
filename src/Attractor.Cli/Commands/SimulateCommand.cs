using System.CommandLine;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Cli.Runs;
using Attractor.Data;
using Attractor.Data.Formats;
using Attractor.Systems;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor simulate</c></summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        Argument<string> system = new("system") { Description = "lorenz63, lorenz96 or roessler" };
        Option<int> steps = new("--steps", "-n") { Description = "rows of the result", DefaultValueFactory = _ => 100_000, HelpName = "n" };
        Option<double?> dt = CommonOptions.TimeStep();
        Option<double> transient = new("--transient") { Description = "time to run through beforehand", DefaultValueFactory = _ => 100, HelpName = "time" };
        Option<double> noise = new("--noise") { Description = "Gaussian noise, in standard deviations of each variable [0]", HelpName = "n" };
        Option<long> seed = new("--seed") { Description = "seed of the initial condition and the noise [0]", HelpName = "n" };
        Option<bool> standardize = new("--standardize") { Description = "mean 0 and standard deviation 1 for each variable, before the noise" };
        Option<string?> output = CommonOptions.Output("the file to write, .npy or .csv [SYSTEM.npy]");
        Option<bool> json = CommonOptions.Json();
        Command command = new("simulate", "Simulate a known system into a file.") { system, steps, dt, transient, noise, seed, standardize, output, json };
        command.SetAction(parsed =>
        {
            OrdinaryDifferentialEquation equation = KnownSystems.Get(parsed.GetValue(system)!);
            int rows = parsed.GetValue(steps) is > 0 and var n ? n : throw new ArgumentException($"--steps must be positive, not {parsed.GetValue(steps)}");
            double step = parsed.GetValue(dt) ?? equation.DefaultStep;
            if (!(step > 0) || !double.IsFinite(step))
                throw new ArgumentException(FormattableString.Invariant($"--dt must be positive, not {step}"));
            if (parsed.GetValue(noise) is < 0 or double.NaN)
                throw new ArgumentException("--noise must be at least 0");
            if (parsed.GetValue(transient) is not (>= 0 and < 1e9))
                throw new ArgumentException("--transient must be a time of at least 0");
            if (parsed.GetValue(seed) < 0)
                throw new ArgumentException("--seed must not be negative");
            string path = parsed.GetValue(output) ?? equation.Name + ".npy";
            TimeSeries series = equation.Simulate(steps: rows, dt: step, transient: (int)Math.Min(int.MaxValue, parsed.GetValue(transient) / step), seed: (ulong)parsed.GetValue(seed));
            if (parsed.GetValue(standardize))
                series = series.Standardize();
            if (parsed.GetValue(noise) > 0)
                series = series.WithNoise(parsed.GetValue(noise), (ulong)parsed.GetValue(seed));
            SeriesFile.Write(path, series);
            if (parsed.GetValue(json))
                Json.Print(new JsonObject { ["system"] = equation.Name, ["file"] = path, ["rows"] = series.Length, ["columns"] = series.Dimension, ["dt"] = step });
            else
                Console.WriteLine(FormattableString.Invariant($"{path}: {series.Length:N0} rows of {string.Join(", ", series.Names)}, dt {step}\n  next: attractor train clipped-shplrnn {RunCommands.Quote(path)} --dt {step} -o RUN"));
            return 0;
        });
        return command;
    }
}
