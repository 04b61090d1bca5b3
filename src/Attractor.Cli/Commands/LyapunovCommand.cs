using System.CommandLine;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Cli.Runs;
using Attractor.Dynamics;
using Attractor.Systems;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor lyapunov</c></summary>
internal static class LyapunovCommand
{
    public static Command Create()
    {
        Argument<string> subject = new("run") { Description = "a run folder, a safetensors file, or a known system" };
        Option<int> steps = new("--steps", "-n") { Description = "steps to average over", DefaultValueFactory = _ => 100_000, HelpName = "n" };
        Option<int> transient = new("--transient") { Description = "steps to run through beforehand", DefaultValueFactory = _ => 1000, HelpName = "n" };
        Option<bool> spectrum = new("--spectrum") { Description = "all exponents, and the Kaplan-Yorke dimension" };
        Option<double?> dt = CommonOptions.TimeStep();
        Option<bool> json = CommonOptions.Json();
        Command command = new("lyapunov", "Lyapunov exponents of a trained model or a known system.") { subject, steps, transient, spectrum, dt, json };
        command.SetCancellableAction((parsed, token) =>
        {
            if (parsed.GetValue(steps) < 1 || parsed.GetValue(transient) < 0)
                throw new ArgumentException("--steps must be positive, --transient at least 0");
            if (parsed.GetValue(dt) is { } given && !(given > 0))
                throw new ArgumentException(FormattableString.Invariant($"--dt must be positive, not {given}"));
            (IMap map, double? step) = Find(parsed.GetValue(subject)!, parsed.GetValue(dt));
            LyapunovSpectrum result = Lyapunov.Estimate(
                map, Lyapunov.StartingState(map), parsed.GetValue(steps), parsed.GetValue(transient), count: parsed.GetValue(spectrum) ? 0 : 1, cancellationToken: token);
            bool finite = result.Exponents.All(double.IsFinite);
            if (parsed.GetValue(json))
                Json.Print(ToJson(result, step, parsed.GetValue(spectrum)));
            else
                Print(result, step, parsed.GetValue(spectrum));
            return finite ? 0 : 1;
        });
        return command;
    }

    private static (IMap Map, double? Dt) Find(string subject, double? dt)
    {
        if (File.Exists(subject) || Directory.Exists(subject))
        {
            ModelSource source = ModelSource.Load(subject);
            return (source.Model, dt ?? source.Dt);
        }
        if (subject.Contains('.', StringComparison.Ordinal) || subject.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new FileNotFoundException($"there is no run or file {subject}");
        OrdinaryDifferentialEquation equation = KnownSystems.Get(subject);
        double step = dt ?? equation.DefaultStep;
        return (equation.ToMap(step), step);
    }

    private static JsonObject ToJson(LyapunovSpectrum result, double? dt, bool spectrum)
    {
        JsonObject json = new()
        {
            ["lyapunov_max_per_step"] = Json.Number(result.Exponents[0]),
            ["lyapunov_max"] = dt is { } step ? Json.Number(result.Exponents[0] / step) : null,
            ["dt"] = dt is { } time ? Json.Number(time) : null,
            ["steps"] = result.Steps,
        };
        if (spectrum)
        {
            json["spectrum_per_step"] = new JsonArray([.. result.Exponents.Select(Json.Number)]);
            json["standard_errors_per_step"] = new JsonArray([.. result.StandardErrors.Select(Json.Number)]);
            json["kaplan_yorke_dimension"] = Json.Number(Lyapunov.KaplanYorkeDimension(result.Exponents));
        }
        return json;
    }

    private static void Print(LyapunovSpectrum result, double? dt, bool spectrum)
    {
        string unit = dt is null ? "per step" : "per unit of time";
        for (int i = 0; i < result.Exponents.Length; i++)
            Console.WriteLine(FormattableString.Invariant($"{result.Exponents[i] / (dt ?? 1),10:F5} +- {result.StandardErrors[i] / (dt ?? 1):F5} {unit}"));
        if (spectrum)
            Console.WriteLine(FormattableString.Invariant($"Kaplan-Yorke dimension {Lyapunov.KaplanYorkeDimension(result.Exponents):F3}"));
    }
}
