using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Reports;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor laplace</c></summary>
internal sealed class LaplaceCommand
{
    private const int MostVariables = 100, FewestDraws = 100, MostDraws = 10_000_000;

    private readonly Argument<string> _expression = new("expression")
    {
        Description = "the log of an integrand or of a density, such as \"n*log(x) - x\"; of data, one row's part of it; "
            + "in brackets if it begins with a minus and a letter"
    };
    private readonly Option<string> _variables = new("--variables", "--variable")
    {
        Description = "what is integrated over",
        HelpName = "a,b",
        Required = true
    };
    private readonly Option<string[]> _parameters = new("--parameter", "-p")
    {
        Description = "the value of another name in the expressions; may be repeated",
        HelpName = "name=value"
    };
    private readonly Option<string?> _data = new("--data")
    {
        Description = "a file over whose rows the expression is summed",
        HelpName = "file"
    };
    private readonly Option<string?> _prior = new("--prior") { Description = "a log prior, added once", HelpName = "expression" };
    private readonly Option<string?> _large = new("--large")
    {
        Description = "values of one parameter, for the table over it: n=1..1e6 or n=1,5,10",
        HelpName = "name=values"
    };
    private readonly Option<double?> _from = new("--from") { Description = "of one variable, where the interval begins", HelpName = "x" };
    private readonly Option<double?> _to = new("--to") { Description = "of one variable, where it ends", HelpName = "x" };
    private readonly Option<string[]> _start = new("--start")
    {
        Description = "of several variables, where the search for the mode begins [0]; may be repeated",
        HelpName = "name=value"
    };
    private readonly Option<int?> _draws = new("--draws")
    {
        Description = "of several variables, draws of importance sampling [10000]",
        HelpName = "n"
    };
    private readonly Option<long?> _seed = new("--seed") { Description = "seed of these draws [1]", HelpName = "n" };
    private readonly OutputOption _report = CommonOptions.Report("write the integrand and the Gaussian to an HTML file");
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly DataOptions _selection;

    private LaplaceCommand(Command command)
    {
        foreach (Option option in (Option[])[_variables, _parameters, _data, _prior, _large, _from, _to, _start, _draws, _seed, _report])
            command.Add(option);
        command.Add(_expression);
        _selection = new(command);
        command.Add(_json);
    }

    public static Command Create()
    {
        Command command = new("laplace", "An integral, or the evidence of a posterior, of an expression by Laplace's method.");
        LaplaceCommand own = new(command);
        command.SetCancellableAction(own.Run);
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken token)
    {
        string[] variables = Variables(parsed.GetValue(_variables)!, "--variables", MostVariables);
        (string Name, double[] Values)? large = Large(parsed.GetValue(_large));
        Dictionary<string, double> parameters = Assignments(parsed.GetValue(_parameters), "--parameter");
        bool isGiven = large is var (name, values) && !parameters.TryAdd(name, values.Max());
        LaplaceRequest options = Options(parsed, variables);
        LogDensityRequest request = Request(parsed, variables, parameters.Keys);
        if (large is var (varied, _) && !Systems.Expression.NamesIn($"{request.Text} + {request.Prior ?? "0"}").Contains(varied))
            throw new ArgumentException($"--large varies {varied}, which the expression does not name");
        DataLine.Report(
            DataLine.Of(parsed.GetValue(CommonOptions.Quiet), parsed.GetValue(_json)), request.Data?.Sentence);
        LaplaceEstimate found = LaplaceEstimate.Of(LogDensity.Of(request, parameters, token), options, double.NaN, token);
        List<LaplaceEstimate> table = [];
        foreach (double value in large?.Values ?? [])
            table.Add(LaplaceEstimate.Of(
                LogDensity.Of(request, new Dictionary<string, double>(parameters) { [large!.Value.Name] = value }, token),
                options,
                value,
                token));
        string? page = parsed.GetValue(_report);
        if (page is not null)
            Write(page, request, parameters, found, options, large?.Name, table);
        if (parsed.GetValue(_json))
            JsonOutput.Print(ToJson(request, parameters, found, large?.Name, table, page));
        else
            Print(found, large?.Name, table, page);
        return found.Failure is { } why ? throw new ArithmeticException(why) : 0;
    }

    private LogDensityRequest Request(ParseResult parsed, string[] variables, IEnumerable<string> parameters)
    {
        string text = parsed.GetValue(_expression)!;
        if (parsed.GetValue(_data) is not { } file)
        {
            if (_selection.Given(parsed) is not null)
                throw new ArgumentException("columns, times and trials are those of data, which --data names");
            return new(text, parsed.GetValue(_prior), variables, null);
        }
        IReadOnlyList<string> columns = LogDensityRequest.ColumnsIn(text, variables, parameters);
        return new(text, parsed.GetValue(_prior), variables, DataRows.Read(file, columns, _selection.Given(parsed)));
    }

    private LaplaceRequest Options(ParseResult parsed, string[] variables)
    {
        if (variables.Length > 1)
        {
            if (parsed.GetValue(_from) is not null || parsed.GetValue(_to) is not null)
                throw new ArgumentException("--from and --to bound an integral over one variable; several are integrated over all numbers");
            if (parsed.GetValue(_draws) is < FewestDraws or > MostDraws)
                throw new ArgumentException($"--draws must be {FewestDraws} to {MostDraws}, not {parsed.GetValue(_draws)}");
            Dictionary<string, double> start = Assignments(parsed.GetValue(_start), "--start");
            if (start.Keys.FirstOrDefault(k => !variables.Contains(k)) is { } unknown)
                throw new ArgumentException($"--start {unknown} is none of the variables, which are {string.Join(", ", variables)}");
            LaplaceRequest defaults = new();
            return defaults with
            {
                Start = start,
                Draws = parsed.GetValue(_draws) ?? defaults.Draws,
                Seed = (ulong)(parsed.GetValue(_seed) ?? (long)defaults.Seed),
            };
        }
        if (parsed.GetValue(_start) is { Length: > 0 } || parsed.GetValue(_draws) is not null || parsed.GetValue(_seed) is not null)
            throw new ArgumentException(
                "--start, --draws and --seed are for several variables; of one, the whole interval is searched and integrated");
        LaplaceRequest options = new()
        {
            From = parsed.GetValue(_from) ?? double.NegativeInfinity,
            To = parsed.GetValue(_to) ?? double.PositiveInfinity,
        };
        return options.From < options.To
            ? options
            : throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"--from {options.From} must be below --to {options.To}"));
    }

    /// <summary>Names of variables with commas between them.</summary>
    internal static string[] Variables(string text, string option, int most)
    {
        string[] variables = text.Split(',', StringSplitOptions.TrimEntries);
        if (variables.Length > most)
            throw new ArgumentException($"{option} takes {(most == 1 ? "one name" : $"up to {most} names")}, not {variables.Length}");
        return variables.FirstOrDefault(v => !Systems.Expression.IsName(v)) is { } wrong
            ? throw new ArgumentException(
                $"{option} takes the name of a value; '{wrong}' is none: letters, digits and underscores, a letter first, and not a "
                + "function such as sin")
            : variables;
    }

    private static (string Name, double[] Values)? Large(string? text)
    {
        try
        {
            return text is null ? null : ParameterRange.Parse(text);
        }
        catch (FormatException e)
        {
            throw new ArgumentException("--large " + e.Message, e);
        }
    }

    /// <summary>Names and their values.</summary>
    internal static Dictionary<string, double> Assignments(string[]? texts, string option)
    {
        Dictionary<string, double> values = [];
        foreach (string text in texts ?? [])
        {
            (string name, double value) = SystemSource.Assignment(text, option.TrimStart('-'));
            if (!values.TryAdd(name, value))
                throw new ArgumentException($"{option} gives {name} twice");
        }
        return values;
    }

    private static JsonObject ToJson(
        LogDensityRequest request, Dictionary<string, double> parameters, LaplaceEstimate found, string? varied,
        List<LaplaceEstimate> table, string? page)
    {
        JsonObject json = new()
        {
            ["expression"] = request.Text,
            ["prior"] = request.Prior,
            ["variables"] = new JsonArray([.. request.Variables.Select(v => (JsonNode?)v)]),
            ["parameters"] = new JsonObject([.. parameters.Select(p => KeyValuePair.Create(p.Key, Json.Number(p.Value)))]),
            ["rows"] = request.Data?.Count,
        };
        foreach ((string key, JsonNode? value) in LaplaceJson.Of(found).ToArray())
            json[key] = value?.DeepClone();
        if (varied is not null)
            json["table"] = new JsonArray([.. table.Select(e => LaplaceJson.Row(e, varied))]);
        json["report"] = page;
        return json;
    }

    private static void Print(LaplaceEstimate found, string? varied, List<LaplaceEstimate> table, string? page)
    {
        // Of several variables there is nothing to tell without a mode; the sentence says why.
        if (found.Integral is not null || double.IsFinite(found.LogIntegral))
            foreach ((string key, string value) in LaplaceFigures.Numbers(found))
                Console.WriteLine($"{key,-34}{value}");
        if (found.Failure is null)
            Console.WriteLine(found.Summary);
        if (varied is not null)
        {
            Console.WriteLine();
            string by = found.Quadrature is null ? "importance sampling" : "quadrature";
            Console.WriteLine(
                $"{varied,12}{(found.Mode.Count == 1 ? "mode" : ""),16}{"log integral",22}{by,22}{"1 - ratio",13}{"+-",10}");
            foreach (LaplaceEstimate e in table)
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{e.Parameter,12:G6}{(e.Mode.Count == 1 ? e.Mode[0].ToString("G8", CultureInfo.InvariantCulture) : ""),16}"
                    + $"{e.LogIntegral,22:G14}{e.Reference,22:G14}{e.RelativeError,13:0.000e0}{e.ReferenceError,10:0.0e0}"));
        }
        if (page is not null)
            Console.WriteLine(page);
    }

    private static void Write(
        string page, LogDensityRequest request, Dictionary<string, double> parameters, LaplaceEstimate found, LaplaceRequest options,
        string? varied, List<LaplaceEstimate> table)
    {
        List<(string, string)> asked = [(request.Data is null ? "log integrand" : "each row's part", request.Text)];
        if (request.Prior is { } prior)
            asked.Add(("log prior", prior));
        asked.Add(("variables", string.Join(", ", request.Variables)));
        asked.AddRange(parameters.Select(p => (p.Key, p.Value.ToString("G10", CultureInfo.InvariantCulture))));
        if (request.Data is { } data)
            asked.Add(("data", SettingSentence.Render(data.Sentence, OptionName.Of)));
        List<Section> sections =
        [
            new(
                "What was found",
                [
                    new TableElement(
                        ["quantity", "value#"], [.. LaplaceFigures.Numbers(found).Select(n => (string[])[n.Key, n.Value])]),
                    new Paragraph(found.Summary),
                    .. LaplaceFigures.Pictures(found, options),
                ]),
        ];
        if (varied is not null)
            sections.Add(new($"Over {varied}", LaplaceFigures.Table(varied, table)));
        sections.Add(new("What was asked", [new KeyValueTable(asked)]));
        new Report(
            "Laplace's method",
            "The integral of e to the expression, from its height and its curvature where it is highest.",
            sections).Save(page);
    }
}
