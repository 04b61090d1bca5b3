using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Data;
using Attractor.Dynamics;
using Attractor.Reports;
using Attractor.Runs;
using Attractor.Systems;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor lyapunov</c></summary>
internal static class LyapunovCommand
{
    public static Command Create()
    {
        Argument<string> subject = new("subject")
        {
            Description = "a run folder, a safetensors file, a known system, a file of equations, or a file of data"
        };
        subject.WithSystems();
        Option<int> steps = new("--steps", "-n")
        {
            Description = "steps to average over",
            DefaultValueFactory = _ => 100_000,
            HelpName = "n"
        };
        Option<int> transient = new("--transient")
        {
            Description = "steps to run through beforehand",
            DefaultValueFactory = _ => Lyapunov.DefaultTransient,
            HelpName = "n"
        };
        Option<bool> spectrum = new("--spectrum") { Description = "all exponents, and the Kaplan-Yorke dimension" };
        Option<int?> count = new("--count", "-k") { Description = "the first k exponents [1]", HelpName = "k" };
        Option<int> interval = new("--interval")
        {
            Description = "steps between two orthonormalisations",
            DefaultValueFactory = _ => 1,
            HelpName = "n"
        };
        Option<double?> dt = CommonOptions.TimeStep();
        Option<double> tolerance = new("--tolerance")
        {
            Description = "of the integrator of a known flow",
            DefaultValueFactory = _ => 1e-9,
            HelpName = "t"
        };
        Option<string[]> parameters = CommonOptions.Parameters();
        OutputOption local = new("--local", OutputOption.Series)
        {
            Description = $"write the exponents of consecutive windows to a file, {DataFiles.Written}",
            HelpName = "file"
        };
        Option<int> window = new("--window")
        {
            Description = "steps of a window of --local",
            DefaultValueFactory = _ => 100,
            HelpName = "n"
        };
        Option<string?> inputsFrom = new("--inputs-from")
        {
            Description = "of a model that inputs drive: a file of data, whose inputs drive it from its first row on [its training data]",
            HelpName = "file"
        };
        Option<string> method = new("--method")
        {
            Description = "for a file of data: rosenstein or kantz",
            DefaultValueFactory = _ => LyapunovOfData.Rosenstein,
            HelpName = "name"
        };
        Option<bool> naive = new("--naive")
        {
            Description = "also the plain product of all Jacobians, multiplied out until it leaves the range of numbers"
        };
        Option<string?> ofSubject = new("--subject")
        {
            Description = "of a model of several subjects: the one whose network is meant",
            HelpName = "name"
        };
        Option<string?> moving = new("--along")
        {
            Description = "of a model of several subjects: the largest exponent where one feature moves, the others at their means, "
                + "such as feature:1 or feature:1=-0.5..2",
            HelpName = "feature"
        };
        OutputOption report = CommonOptions.Report(
            "for a file of data: write the divergence and the region of the fit to an HTML file; with --naive the norms of the product");
        Option<bool> json = CommonOptions.Json();
        Command command = new("lyapunov", "Lyapunov exponents of a trained model, a known system or a recording.")
        {
            subject, steps, transient, spectrum, count, interval, dt, tolerance, parameters, local, window, naive, inputsFrom,
            method, ofSubject, moving, report,
        };
        DataOptions data = new(command, takesInputs: true);
        command.Add(json);
        command.SetCancellableAction((parsed, token) =>
        {
            Require(parsed.GetValue(steps) > 0, "--steps must be positive");
            Require(parsed.GetValue(transient) >= 0, "--transient must be at least 0");
            Require(parsed.GetValue(interval) > 0, "--interval must be positive");
            Require(parsed.GetValue(window) > 0, "--window must be positive");
            Require(parsed.GetValue(tolerance) is >= 1e-14 and < 1, "--tolerance must be between 1e-14 and 1");
            Require(
                !parsed.GetValue(spectrum) || parsed.GetValue(count) is null,
                "--spectrum asks for all exponents, --count for some: give one of them");
            if (parsed.GetValue(moving) is { } feature)
            {
                Require(
                    !parsed.GetValue(spectrum) && parsed.GetValue(count) is null && !parsed.GetValue(naive)
                        && parsed.GetValue(local) is null && parsed.GetValue(ofSubject) is null && parsed.GetValue(report) is null,
                    "--along takes the largest exponent of networks between subjects: give it --steps, --transient and --dt alone");
                Answer moved = FeatureSweep.Parse(feature).Of(
                    parsed.GetValue(subject)!, parsed.GetValue(dt), parsed.GetValue(steps), parsed.GetValue(transient), token);
                if (parsed.GetValue(json))
                    JsonOutput.Print(moved.Json);
                else
                    Console.WriteLine(moved.Text);
                return 0;
            }
            if (SeriesSource.IsData(parsed.GetValue(subject)!))
            {
                Require(parsed.GetValue(ofSubject) is null, "--subject is for trained models: --trial takes a part of a file of data");
                Require(
                    !parsed.GetValue(spectrum) && parsed.GetValue(count) is null or 1,
                    "a recording tells the largest exponent only: leave --spectrum and --count away");
                Require(!parsed.GetValue(naive), "--naive is for models and known systems: a recording has no Jacobians");
                Recording recording = SeriesSource.Read(
                    parsed.GetValue(subject)!, 1, parsed.GetValue(dt), selection: data.Given(parsed), isPooled: true);
                DataLine.Report(DataLine.Of(parsed.GetValue(CommonOptions.Quiet), parsed.GetValue(json)), recording.Sentence);
                return LyapunovOfData.Run(
                    recording,
                    parsed.GetValue(method)!,
                    parsed.GetValue(report),
                    parsed.GetValue(json),
                    token);
            }
            Require(
                data.Given(parsed) is null || parsed.GetValue(inputsFrom) is not null,
                "--columns, --inputs, --time, --trial, --array and --resample are for files of data");
            Require(
                parsed.GetValue(report) is null || parsed.GetValue(naive),
                "--report is for files of data and for --naive; attractor report RUN writes on a trained model");
            MapSource source = parsed.GetValue(ofSubject) is { } name
                ? SubjectMap.Of(TrainedModel.Load(parsed.GetValue(subject)!), name, parsed.GetValue(dt))
                : MapSource.Find(
                    parsed.GetValue(subject)!, parsed.GetValue(dt), parsed.GetValue(parameters), parsed.GetValue(tolerance),
                    model => parsed.GetValue(inputsFrom) is { } along
                        ? model.Read(along, parsed.GetValue(dt), data.Given(parsed))
                        : model.TrainingData());
            Require(
                parsed.GetValue(inputsFrom) is null || source.Inputs is not null,
                $"--inputs-from is for models that inputs drive: nothing drives {source.Name}");
            int d = source.Map.Dimension, k = parsed.GetValue(spectrum) ? d : parsed.GetValue(count) ?? 1;
            Require(k >= 1 && k <= d, $"--count must be 1 to {d}, the dimension of {source.Name}");
            MemoryNeed.RequireRows(k, 2L * d, parsed.GetValue(spectrum) ? (FormattableString)$"--spectrum, --count" : $"--count");
            if (parsed.GetValue(local) is not null)
                MemoryNeed.RequireRows(Math.Max(1, parsed.GetValue(steps) / parsed.GetValue(window)), k, $"--steps / --window");
            StepDisplay? progress = parsed.GetValue(CommonOptions.Quiet) ? null : new(parsed.GetValue(steps));
            LyapunovSpectrum result = Lyapunov.Estimate(
                source.Begin(),
                source.Start,
                parsed.GetValue(steps),
                parsed.GetValue(transient),
                k,
                parsed.GetValue(interval),
                progress,
                token);
            string? reason = source.WhyNotFinite(result, parsed.GetValue(interval));
            bool finite = reason is null;
            if (parsed.GetValue(local) is { } file)
                WriteLocal(source, file, parsed.GetValue(steps), parsed.GetValue(window), parsed.GetValue(transient), k, token);
            JacobianProductNorms? product = parsed.GetValue(naive) && finite
                ? Multiply(source, parsed.GetValue(steps), parsed.GetValue(transient), token)
                : null;
            if (product is not null && parsed.GetValue(report) is { } page)
                WriteReport(page, product, result, source);
            if (parsed.GetValue(json))
            {
                JsonObject told = ToJson(result, source);
                if (product is not null)
                    AddTo(told, product, source);
                JsonOutput.Print(told);
            }
            else if (finite)
            {
                Print(result, source, parsed.GetValue(local));
                if (product is not null)
                    Console.WriteLine(Describe(product, source));
            }
            if (reason is not null)
                JsonOutput.Fail(
                    ErrorCode.Diverged,
                    !result.Exponents.Any(double.IsNaN) ? reason
                    : $"{reason}: " + (source.System is null
                        ? "train the model longer, or on more data"
                        : "take other values of its parameters (-p)"));
            return finite ? 0 : 1;
        });
        return command;
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
            throw new ArgumentException(message);
    }

    private static JacobianProductNorms Multiply(MapSource source, int steps, int transient, CancellationToken token)
    {
        double[] state = [.. source.Start];
        IObservedMap map = source.Begin();
        for (int t = 0; t < transient; t++)
            map.Step(state, state);
        return JacobianProduct.Norms(map, state, steps, token);
    }

    private static string Describe(JacobianProductNorms product, MapSource source)
    {
        string ends = product switch
        {
            { Overflow: { } step } => string.Create(CultureInfo.InvariantCulture, $"overflows at step {step:N0}"),
            { Underflow: { } step } => string.Create(CultureInfo.InvariantCulture, $"underflows at step {step:N0}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"stays in range for {product.Norms.Length:N0} steps"),
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{product.Exponent / (source.Dt ?? 1),12:F6}    by the plain product of Jacobians, which {ends}");
    }

    private static void AddTo(JsonObject json, JacobianProductNorms product, MapSource source)
    {
        json["naive_max"] = source.Dt is { } dt ? Json.Number(product.Exponent / dt) : null;
        json["naive_max_per_step"] = Json.Number(product.Exponent);
        json["naive_steps"] = product.Norms.Length;
        json["overflow_step"] = product.Overflow;
        json["underflow_step"] = product.Underflow;
    }

    private static void WriteReport(string page, JacobianProductNorms product, LyapunovSpectrum result, MapSource source)
        => new Report(
            $"The plain product of Jacobians of {source.Name}",
            $"The definition of the largest Lyapunov exponent, multiplied out. {Describe(product, source).Trim()}.",
            [
                new("The naive product", NaiveProduct.Figures(product, result.Exponents[0], source.Dt ?? 1, null, "product")),
                new("How to go on", [new CommandList(
                    [("the stable estimate", $"attractor lyapunov {RunCommands.Quote(source.Name)} --spectrum")])]),
            ]).Save(page);

    private static void WriteLocal(MapSource source, string file, int steps, int window, int transient, int k, CancellationToken token)
    {
        TimeSeries local = Lyapunov.Local(source.Begin(), source.Start, Math.Max(1, steps / window), window, transient, k, token);
        double dt = source.Dt ?? 1;
        SeriesFile.Write(file, new([.. local.Values.ToArray().Select(l => l / dt)], k, window * dt, local.Names));
    }

    private static JsonObject ToJson(LyapunovSpectrum result, MapSource source)
    {
        double? dt = source.Dt;
        JsonArray? PerTime(double[] values) => dt is { } step ? Array(values.Select(v => v / step)) : null;
        JsonObject json = new()
        {
            ["lyapunov_max"] = dt is { } step ? Json.Number(result.Exponents[0] / step) : null,
            ["lyapunov_max_per_step"] = Json.Number(result.Exponents[0]),
            ["standard_error_per_step"] = Json.Number(result.StandardErrors[0]),
            ["dt"] = dt is { } time ? Json.Number(time) : null,
            ["steps"] = result.Steps,
        };
        if (result.Exponents.Length == 1 && source.Map.Dimension > 1)
            return json;
        json["spectrum"] = PerTime(result.Exponents);
        json["spectrum_per_step"] = Array(result.Exponents);
        json["standard_errors"] = PerTime(result.StandardErrors);
        json["standard_errors_per_step"] = Array(result.StandardErrors);
        if (result.Exponents.Length == source.Map.Dimension)
        {
            json["sum"] = dt is { } t ? Json.Number(result.Exponents.Sum() / t) : null;
            json["sum_per_step"] = Json.Number(result.Exponents.Sum());
            json["kaplan_yorke_dimension"] = Json.Number(Lyapunov.KaplanYorkeDimension(result.Exponents));
        }
        return json;
    }

    private static JsonArray Array(IEnumerable<double> values) => new([.. values.Select(Json.Number)]);

    private static void Print(LyapunovSpectrum result, MapSource source, string? local)
    {
        double dt = source.Dt ?? 1;
        string unit = source.Dt is null ? "per step" : "per unit of time";
        for (int i = 0; i < result.Exponents.Length; i++)
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Exponents[i] / dt,12:F6}{LyapunovOfData.ErrorBar(result.StandardErrors[i] / dt, 6)} {unit}"));
        if (result.Exponents.Length == source.Map.Dimension)
        {
            Console.WriteLine(FormattableString.Invariant($"{result.Exponents.Sum() / dt,12:F6}    their sum"));
            Console.WriteLine(
                FormattableString.Invariant($"{Lyapunov.KaplanYorkeDimension(result.Exponents),12:F4}    Kaplan-Yorke dimension"));
        }
        if (local is not null)
            Console.WriteLine($"{local}: the exponents of each window");
    }
}
