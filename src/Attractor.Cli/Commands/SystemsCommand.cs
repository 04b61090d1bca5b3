using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Runs;
using Attractor.Systems;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor systems</c></summary>
internal static class SystemsCommand
{
    public static Command Create()
    {
        Argument<string?> name = new("system")
        {
            Description = "a name, or a file of equations: everything about it; without one, all are listed",
            Arity = ArgumentArity.ZeroOrOne
        };
        name.WithSystems();
        Option<string?> kind = new("--kind") { Description = "flow, map or delay", HelpName = "kind" };
        Option<int?> dimension = new("--dimension") { Description = "state variables", HelpName = "n" };
        Option<string?> field = new("--field") { Description = "field of science, such as neuroscience", HelpName = "field" };
        Option<string?> tag = new("--tag")
        {
            Description = "conservative, hamiltonian, driven, hyperchaotic, torus, piecewise",
            HelpName = "tag"
        };
        Option<string?> search = new("--search") { Description = "words in the name, title or source", HelpName = "text" };
        Option<bool> json = CommonOptions.Json();
        Command command = new("systems", "List the known systems, or show one with its equations.")
        {
            name, kind, dimension, field, tag, search, json
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(name) is { } wanted)
            {
                if (DelaySystem.Find(wanted) is { } delayed)
                {
                    Show(parsed.GetValue(json), () => Everything(delayed), () => Text(delayed));
                    return 0;
                }
                SystemDefinition system = SystemSource.Find(wanted);
                Show(parsed.GetValue(json), () => Everything(system), () => Text(system));
                return 0;
            }
            if (parsed.GetValue(kind) is { } k && !ListedSystem.Kinds.Contains(k, StringComparer.OrdinalIgnoreCase))
                throw new ArgumentException($"--kind must be one of {string.Join(", ", ListedSystem.Kinds)}, not '{k}'");
            IReadOnlyList<ListedSystem> found =
            [
                .. ListedSystem.All.Where(s =>
                    Is(parsed.GetValue(kind), s.Kind)
                    && (parsed.GetValue(dimension) is not { } d || s.Dimension == d)
                    && Is(parsed.GetValue(field), s.Field)
                    && (parsed.GetValue(tag) is not { } t || s.Tags.Contains(t, StringComparer.OrdinalIgnoreCase))
                    && (parsed.GetValue(search) is not { } text
                        || $"{s.Name} {s.Title} {s.Source}".Contains(text, StringComparison.OrdinalIgnoreCase))),
            ];
            if (parsed.GetValue(json))
            {
                JsonOutput.Print(
                    new JsonObject { ["count"] = found.Count, ["systems"] = new JsonArray([.. found.Select(s => s.ToJson())]) });
                return 0;
            }
            int width = found.Select(s => s.Name.Length).DefaultIfEmpty(0).Max();
            foreach (ListedSystem s in found)
                Console.WriteLine($"{s.Name.PadRight(width)}  {s.Dimension,2}-D {s.Kind,-5} {s.Field,-12}  {s.Title}");
            Console.WriteLine(
                $"{found.Count} "
                + $"systems{(found.Count > 0 ? $"; attractor systems {found[0].Name} shows the equations" : ": try fewer conditions")}");
            return 0;
        });
        return command;
    }

    private static bool Is(string? wanted, string found)
        => wanted is null || string.Equals(wanted, found, StringComparison.OrdinalIgnoreCase);

    private static void Show(bool asJson, Func<JsonObject> json, Func<string> text)
    {
        if (asJson)
            JsonOutput.Print(json());
        else
            Console.WriteLine(text());
    }

    private static JsonObject Everything(SystemDefinition system)
    {
        JsonObject json = ListedSystem.Of(system).ToJson();
        json["note"] = system.Note;
        json["variables"] = Strings(system.Variables);
        json["equations"] = Strings(system.Equations);
        json["parameters"] = new JsonObject([.. system.Parameters.Select(p => KeyValuePair.Create(p.Key, Json.Number(p.Value)))]);
        json["initial_condition"] = new JsonArray([.. system.Start.Select(Json.Number)]);
        json["angles"] = Strings(system.Angles);
        json["recording_step"] = system.Kind is SystemKind.Flow ? Json.Number(system.RecordingStep) : null;
        json["dt"] = system.IntegrationStep is { } dt ? Json.Number(dt) : null;
        json["period"] = system.Period is { } period ? Json.Number(period) : null;
        json["conserved"] = system.Conserved;
        return json;
    }

    private static JsonObject Everything(DelaySystem system)
    {
        DelayDifferentialEquation equation = system.Equation;
        double[] start = new double[equation.Dimension];
        equation.History(0, start);
        JsonObject json = ListedSystem.Of(system).ToJson();
        json["note"] = system.Note;
        json["variables"] = Strings(equation.VariableNames);
        json["equations"] = Strings([system.Text]);
        json["parameters"] = new JsonObject([.. system.Parameters.Select(p => KeyValuePair.Create(p.Key, Json.Number(p.Value)))]);
        json["initial_condition"] = new JsonArray([.. start.Select(Json.Number)]);
        json["angles"] = new JsonArray();
        json["recording_step"] = equation.DefaultStep;
        json["dt"] = equation.MaximumStep;
        json["period"] = null;
        json["conserved"] = null;
        return json;
    }

    private static string Text(DelaySystem system) => string.Create(CultureInfo.InvariantCulture, $"""
        {system.Name}: {system.Title}

          {system.Text}

        {"kind",-18} delay equation in {system.Equation.Dimension} variable
        {"parameters",-18} {string.Join(", ", system.Parameters.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key} = "
            + $"{p.Value}")))}
        {"history",-18} {system.History}
        {"recording step",-18} {system.Equation.DefaultStep}
        {"field",-18} {system.Field}
        {"source",-18} {system.Source}
        {"note",-18} {system.Note}

          next: attractor simulate {system.Name} -o {system.Name}.npy, attractor embed {system.Name}.npy -o embedded.npy
        """);

    private static string Text(SystemDefinition system)
    {
        List<string> lines = [$"{system.Name}: {system.Title}", "", .. system.Equations.Select(e => "  " + e), ""];
        void Add(string heading, string text)
        {
            if (text.Length > 0)
                lines.Add($"{heading,-18} {text}");
        }

        Add("kind", $"{system.Dimension}-dimensional {system.Kind.ToString().ToLowerInvariant()}");
        Add(
            "parameters",
            string.Join(", ", system.Parameters.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key} = {p.Value}"))));
        Add("initial condition", string.Join(", ", system.Start.Select(x => x.ToString(CultureInfo.InvariantCulture))));
        if (system.Kind is SystemKind.Flow)
            Add("recording step", system.RecordingStep.ToString(CultureInfo.InvariantCulture));
        Add("period", system.Period?.ToString(CultureInfo.InvariantCulture) ?? "");
        Add("angles", string.Join(", ", system.Angles));
        Add("conserved", system.Conserved ?? "");
        Add("field", system.Field);
        Add("tags", string.Join(", ", system.Tags));
        Add("source", system.Source);
        Add("note", system.Note);
        lines.Add($"\n  next: attractor simulate {system.Name} -o {system.Name}.npy, attractor lyapunov {system.Name} --spectrum");
        return string.Join('\n', lines);
    }

    private static JsonArray Strings(IEnumerable<string> values) => new([.. values.Select(v => (JsonNode?)v)]);
}
