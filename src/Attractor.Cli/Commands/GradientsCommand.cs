using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Reports;
using Attractor.Runs;
using Attractor.Systems;

namespace Attractor.Cli.Commands;

/// <summary>
/// <c>attractor gradients</c>: what backpropagation through time carries back through a recurrent
/// network, and the loss around its parameters.
/// </summary>
internal static class GradientsCommand
{
    // Enough to see a landscape; a longer window is a rougher one.
    private const int LandscapeWindows = 16, LandscapeSteps = 200, ExponentSteps = 100_000;

    // Below it a norm loses digits; one that is 0 a step before it was still larger by this factor was made so.
    private const double Underflow = 1e-280, Replaced = 1e-20;

    public static Command Create()
    {
        Argument<string> subject = new("network")
        {
            Description =
            $"a run or a safetensors file of a recurrent network; or {string.Join(", ", RecurrentModel.Kinds)}: one as it is drawn"
        };
        Argument<string?> data = new("data")
        {
            Description = $"series as {DataFiles.One} [of a run what it was trained on]",
            Arity = ArgumentArity.ZeroOrOne
        };
        Option<string> alpha = new("--alpha")
        {
            Description = "strengths of generalised teacher forcing",
            DefaultValueFactory = _ => "0.02,0.1,0.3",
            HelpName = "a,a"
        };
        Option<string> interval = new("--interval")
        {
            Description = "intervals of sparse teacher forcing",
            DefaultValueFactory = _ => "16",
            HelpName = "n,n"
        };
        Option<int> sequence = new("--sequence")
        {
            Description = "T, predicted steps of a window",
            DefaultValueFactory = _ => 1000,
            HelpName = "n"
        };
        Option<int> windows = new("--windows")
        {
            Description = "windows, evenly over the data",
            DefaultValueFactory = _ => 32,
            HelpName = "n"
        };
        Option<string> directions = new("--directions")
        {
            Description = "of the loss landscape: random, or single parameters such as A[0] or W1[5]",
            DefaultValueFactory = _ => "random,random",
            HelpName = "d,d"
        };
        Option<double> extent = new("--extent")
        {
            Description = "how far it goes; a random direction is as long as the parameters",
            DefaultValueFactory = _ => 0.5,
            HelpName = "n"
        };
        Option<int> grid = new("--grid")
        {
            Description = "its points along each direction, odd; 0 for no landscape",
            DefaultValueFactory = _ => 41,
            HelpName = "n"
        };
        Option<long?> latent = new("--latent")
        {
            Description = "of a network as it is drawn: its units [the variables of the data]",
            HelpName = "n"
        };
        Option<long?> hidden = new("--hidden") { Description = "and its hidden units [50]", HelpName = "n" };
        Option<long?> rectified = new("--rectified") { Description = "of an alrnn its rectified units [2]", HelpName = "n" };
        Option<long?> bases = new("--bases") { Description = "of a dendplrnn the thresholds of each unit [20]", HelpName = "n" };
        Option<long> seed = new("--seed") { Description = "of a network as it is drawn, and of random directions [0]", HelpName = "n" };
        OutputOption output = CommonOptions.OutputFile("the report [gradients.html]", OutputOption.Page);
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "gradients", "The gradient with respect to the state over time, with and without forcing, and the loss around the parameters.")
        {
            subject, data, alpha, interval, sequence, windows, directions, extent, grid, latent, hidden, rectified, bases, seed, output,
        };
        DataOptions chosen = new(command, takesInputs: true);
        command.Add(json);
        command.SetCancellableAction((parsed, token) =>
        {
            if (parsed.GetValue(seed) < 0)
                throw new ArgumentException($"--seed must not be negative, not {parsed.GetValue(seed)}");
            (RecurrentModel model, IReadOnlyList<TimeSeries> series) = Load(
                parsed.GetValue(subject)!,
                parsed.GetValue(data),
                [
                    (nameof(RecurrentSettings.Latent), parsed.GetValue(latent)),
                    (nameof(RecurrentSettings.Hidden), parsed.GetValue(hidden)),
                    (nameof(RecurrentSettings.Rectified), parsed.GetValue(rectified)),
                    (nameof(RecurrentSettings.Bases), parsed.GetValue(bases)),
                ],
                parsed.GetValue(seed),
                chosen.Given(parsed));
            int steps = parsed.GetValue(sequence) is >= 8 and var t
                ? t
                : throw new ArgumentException($"--sequence must be at least 8, not {parsed.GetValue(sequence)}");
            int count = parsed.GetValue(windows) is >= 1 and <= 10_000 and var w
                ? w
                : throw new ArgumentException($"--windows must be 1 to 10000, not {parsed.GetValue(windows)}");
            List<GradientCurve> curves = [];
            foreach ((string name, TeacherForcing forcing) in Forcings(parsed.GetValue(alpha)!, parsed.GetValue(interval)!))
            {
                token.ThrowIfCancellationRequested();
                curves.Add(Curve(name, StateGradients.Along(model, SpreadWindows.Of(series, count, steps), forcing, lastStepOnly: true)));
            }
            double exponent = Lyapunov.Maximum(
                DrivenMap.Along(model, series.MaxBy(trial => trial.Length)!.Inputs), ExponentSteps, cancellationToken: token);
            List<(string, LossLandscape)> landscapes = Landscapes(
                model, series, parsed.GetValue(directions)!, parsed.GetValue(alpha)!, parsed.GetValue(extent), parsed.GetValue(grid),
                (ulong)parsed.GetValue(seed), Math.Min(steps, LandscapeSteps), token);
            string path = parsed.GetValue(output) ?? "gradients.html";
            new GradientReport
            {
                Title = $"Gradients: {Path.GetFileName(Path.TrimEndingDirectorySeparator(parsed.GetValue(subject)!))}",
                Subtitle = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{model.Kind} with {model.Observed} observed variables, {model.Description}. {count} windows "
                    + $"of {steps:N0} predicted steps."),
                Curves = curves,
                Exponent = double.IsFinite(exponent) ? exponent : null,
                Landscapes = landscapes,
                Commands = [(
                    "the same along two parameters",
                    $"attractor gradients "
                    + $"{RunCommands.Quote(parsed.GetValue(subject)!)}{(parsed.GetValue(data) is { } d ? " " + RunCommands.Quote(d) : "")}"
                    + $"{Given(parsed, command.Options.Except([directions, output, json]))} "
                    + $"--directions {string.Join(',', model.Parameters.Tensors.Take(2).Select(x => $"{x.Name}[0]"))}")],
            }.ToReport().Save(path);
            if (parsed.GetValue(json))
                JsonOutput.Print(ToJson(model, count, steps, exponent, curves, landscapes, path));
            else
                Say(curves, exponent, path);
            return 0;
        });
        return command;
    }

    // The options that were given, as they were given.
    private static string Given(ParseResult parsed, IEnumerable<Option> options) => string.Concat(options
        .Select(o => parsed.GetResult(o) is { Implicit: false } given
            ? $" {o.Name}{string.Concat(given.Tokens.Select(t => " " + RunCommands.Quote(t.Value)))}"
            : ""));

    private static (RecurrentModel Model, IReadOnlyList<TimeSeries> Trials) Load(
        string subject, string? data, IReadOnlyList<(string Property, long? Value)> sizes, long seed, DataSelection? selection)
    {
        if (RecurrentModel.Kinds.Contains(subject))
        {
            string file = data ?? throw new ArgumentException($"which data? attractor gradients {subject} data.npy");
            IReadOnlyList<TimeSeries> series = RecordingSource.Read(file, selection ?? new()).Trials;
            SettingsForm form = ModelKinds.Find(subject).Settings;
            List<(Setting Setting, object? Value)> given = [];
            foreach ((string property, long? value) in sizes)
                Take(property, value);
            RecurrentSettings settings = (RecurrentSettings)form.With(
                new RecurrentSettings { Model = subject, Data = file, Seed = seed, Inputs = selection?.Inputs }, given);
            settings.RequireUse([.. given.Select(g => g.Setting)]);
            return (settings.Resolve(series[0].Dimension).CreateModel(series[0].Dimension), series);

            void Take(string property, long? value)
            {
                Setting setting = form.All.Single(s => s.Property == property);
                if (value is { } size)
                    given.Add((setting, setting.Parse(FormattableString.Invariant($"{size}"))));
            }
        }
        if (sizes.Any(size => size.Value is not null))
            throw new ArgumentException(
                "--latent, --hidden, --rectified and --bases are for a network as it is drawn: a trained one has its sizes");
        TrainedModel source = TrainedModel.Load(subject);
        StandardizedModel? standardized = source.Model as StandardizedModel;
        RecurrentModel model = (standardized?.Model ?? source.Model) as RecurrentModel
            ?? throw new ArgumentException(
                $"{subject} holds a {source.Model.Kind}; attractor gradients takes {string.Join(", ", RecurrentModel.Kinds)}");
        IReadOnlyList<TimeSeries> own = (data is null ? source.TrainingTrials() : source.Trials(data, null, selection)).Trials;
        return (model, standardized is null ? own : [.. own.Select(standardized.Standardization.Apply)]);
    }

    private static List<(string Name, TeacherForcing Forcing)> Forcings(string alphas, string intervals) =>
    [
        ("no forcing", TeacherForcing.Generalized(0)),
        .. Numbers("alpha", alphas).Select(a => a is > 0 and <= 1
            ? (string.Create(CultureInfo.InvariantCulture, $"generalised, alpha = {a}"), TeacherForcing.Generalized(a))
            : throw new ArgumentException(FormattableString.Invariant($"--alpha takes strengths above 0 and at most 1, not {a}"))),
        .. Numbers("interval", intervals).Select(n => n is >= 1 and <= 1_000_000 && n == Math.Floor(n)
            ? (string.Create(CultureInfo.InvariantCulture, $"sparse, tau = {n}"), TeacherForcing.Sparse((int)n))
            : throw new ArgumentException(FormattableString.Invariant($"--interval takes whole numbers of steps, not {n}"))),
    ];

    private static double[] Numbers(string option, string text) => text == "none"
        ? []
        : [.. text.Split(',').Select(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new ArgumentException($"--{option} takes numbers with commas between them, or none; not '{word}'"))];

    private static GradientCurve Curve(string name, StateGradients gradients)
    {
        double[] norms = [.. Enumerable.Range(0, gradients.Steps).Select(
            back => Math.Exp(Enumerable.Range(0, gradients.Windows).Average(w => Math.Log(gradients.Norm(w, gradients.Steps - back)))))];
        int back = norms.TakeWhile(n => n > Underflow).Count() - 1;
        bool replaced = back < gradients.Steps - 1 && norms[back + 1] == 0 && norms[back] > 1 / Replaced * Underflow;
        // Over the steps nearest the loss the gradient turns into the direction that grows.
        return new(
            name, norms, replaced || back < 4 ? double.NaN : gradients.GrowthRate(gradients.Steps - back, gradients.Steps - (back / 4)));
    }

    private static List<(string, LossLandscape)> Landscapes(
        RecurrentModel model, IReadOnlyList<TimeSeries> series, string directions, string alphas, double extent, int grid, ulong seed,
        int steps, CancellationToken token)
    {
        if (grid == 0)
            return [];
        if (grid < 3 || grid % 2 == 0 || grid > 401)
            throw new ArgumentException($"--grid takes an odd number of points from 3 to 401, or 0; not {grid}");
        if (!(extent > 0) || !double.IsFinite(extent))
            throw new ArgumentException(FormattableString.Invariant($"--extent must be above 0, not {extent}"));
        if (directions.Split(',') is not [var first, var second])
            throw new ArgumentException($"--directions takes two, such as random,random or A[0],W1[5]; not {directions}");
        (ParameterDirection u, ParameterDirection v) = (Direction(model, first, 2 * seed), Direction(model, second, (2 * seed) + 1));
        TimeSeries[] windows = SpreadWindows.Of(series, LandscapeWindows, steps);
        List<(string Name, TeacherForcing Forcing)> forcings = [("No forcing", TeacherForcing.Generalized(0))];
        if (Numbers("alpha", alphas) is [.., var strongest])
            forcings.Add((
                string.Create(CultureInfo.InvariantCulture, $"Generalised teacher forcing, alpha = {strongest}"),
                TeacherForcing.Generalized(strongest)));
        return [.. forcings.Select(f => (f.Name, LossLandscape.Of(model, windows, f.Forcing, u, v, extent, grid, token)))];
    }

    private static ParameterDirection Direction(RecurrentModel model, string word, ulong seed)
    {
        if (word == "random")
            return ParameterDirection.Random(model, seed);
        int open = word.IndexOf('[', StringComparison.Ordinal);
        return open > 0
            && word.EndsWith(']')
            && int.TryParse(word.AsSpan(open + 1, word.Length - open - 2), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            ? ParameterDirection.Of(model, word[..open], index)
            : throw new ArgumentException(
                $"--directions takes random or a parameter such as {model.Parameters.Tensors[0].Name}[0], not {word}");
    }

    private static string Growth(GradientCurve curve) => double.IsFinite(curve.GrowthRate)
        ? curve.GrowthRate.ToString("F5", CultureInfo.InvariantCulture)
        : "ends at the first replaced state";

    private static void Say(List<GradientCurve> curves, double exponent, string path)
    {
        Console.WriteLine($"{"growth of the gradient's logarithm, a step back",-50}");
        foreach (GradientCurve curve in curves)
            Console.WriteLine($"  {curve.Name,-28}{Growth(curve),10}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {"largest Lyapunov exponent",-28}{exponent,10:F5}"));
        Console.WriteLine($"{path}: the gradient over time, and the loss around the parameters");
    }

    private static JsonObject ToJson(
        RecurrentModel model,
        int windows,
        int steps,
        double exponent,
        List<GradientCurve> curves,
        List<(string Forcing, LossLandscape Landscape)> landscapes,
        string path) => new()
        {
            ["model"] = model.Kind,
            ["windows"] = windows,
            ["steps"] = steps,
            ["lyapunov_max_per_step"] = Json.Number(exponent),
            ["curves"] = new JsonArray(
            [
                .. curves.Select(c => new JsonObject
                {
                    ["forcing"] = c.Name,
                    ["growth_rate"] = Json.Number(c.GrowthRate),
                    ["norms"] = new JsonArray([.. c.Norms.Select(Json.Number)]),
                }),
            ]),
            ["landscapes"] = new JsonArray(
            [
                .. landscapes.Select(l => new JsonObject
                {
                    ["forcing"] = l.Forcing,
                    ["directions"] = new JsonArray(l.Landscape.First.Name, l.Landscape.Second.Name),
                    ["coordinates"] = new JsonArray([.. l.Landscape.Coordinates.Select(Json.Number)]),
                    ["losses"] = new JsonArray([.. l.Landscape.Losses.Select(Json.Number)]),
                }),
            ]),
            ["report"] = path,
        };
}
