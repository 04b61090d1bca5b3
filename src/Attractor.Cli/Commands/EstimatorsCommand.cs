using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Learning;
using Attractor.Reports;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor estimators</c></summary>
internal sealed class EstimatorsCommand
{
    private const int FewestSamples = 3, MostSamples = 1000, FewestEstimates = 100, MostEstimates = 10_000_000, MostWays = 50;

    private readonly Argument<string?> _density = new("log-density")
    {
        Description = "log p(x, z) as a function of z, for the evidence lower bound; in brackets if it begins with a minus and a letter",
        Arity = ArgumentArity.ZeroOrOne
    };
    private readonly Option<string> _variable = new("--variable") { Description = "z", HelpName = "name", Required = true };
    private readonly Option<string?> _integrand = new("--integrand")
    {
        Description = "f(z), for the gradient of its expectation",
        HelpName = "expression"
    };
    private readonly Option<string[]> _parameters = new("--parameter", "-p")
    {
        Description = "the value of another name in the expressions; may be repeated",
        HelpName = "name=value"
    };
    private readonly Option<double> _mean = new("--mean") { Description = "mean of q", DefaultValueFactory = _ => 0, HelpName = "m" };
    private readonly Option<double> _deviation = new("--deviation")
    {
        Description = "standard deviation of q",
        DefaultValueFactory = _ => 1,
        HelpName = "s"
    };
    private readonly Option<string?> _towards = new("--towards")
    {
        Description = "where on the way to the posterior q stands: 0 where it is, 1 there",
        HelpName = "0,0.5,1"
    };
    private readonly Option<string?> _posterior = new("--posterior")
    {
        Description = "mean and standard deviation of the posterior [those of Laplace's method]",
        HelpName = "m,s"
    };
    private readonly Option<int> _samples = new("--samples")
    {
        Description = "samples of an estimate, of those that need several",
        DefaultValueFactory = _ => 10,
        HelpName = "n"
    };
    private readonly Option<int> _estimates = new("--estimates")
    {
        Description = "estimates of each estimator",
        DefaultValueFactory = _ => 20_000,
        HelpName = "n"
    };
    private readonly Option<long> _seed = new("--seed")
    {
        Description = "seed of all samples",
        DefaultValueFactory = _ => 1,
        HelpName = "n"
    };
    private readonly OutputOption _report = CommonOptions.Report("write tables, histograms and the variance on the way to an HTML file");
    private readonly Option<bool> _json = CommonOptions.Json();

    public static Command Create()
    {
        EstimatorsCommand own = new();
        Command command = new("estimators", "Estimators of a gradient through sampling, side by side, of expressions.")
        {
            own._density, own._variable, own._integrand, own._parameters, own._mean, own._deviation, own._towards, own._posterior,
            own._samples, own._estimates, own._seed, own._report, own._json
        };
        command.SetCancellableAction(own.Run);
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken token)
    {
        string? density = parsed.GetValue(_density), integrand = parsed.GetValue(_integrand);
        if (density is null && integrand is null)
            throw new ArgumentException(
                "name a log density, an --integrand, or both, such as attractor estimators \"-0.5*(z - 1)^2\" --variable z");
        Dictionary<string, double> parameters = LaplaceCommand.Assignments(parsed.GetValue(_parameters), "--parameter");
        string[] variables = LaplaceCommand.Variables(parsed.GetValue(_variable)!, "--variable", 1);
        List<EstimatorRequest> requests = [];
        if (density is not null)
            requests.Add(Request(density, Objective.EvidenceLowerBound));
        if (integrand is not null)
            requests.Add(Request(integrand, Objective.Expectation));
        (double mean, double deviation) = Gaussian(parsed.GetValue(_mean), parsed.GetValue(_deviation), "--deviation");
        double[] ways = Ways(parsed.GetValue(_towards));
        (double Mean, double Deviation) end = (mean, deviation);
        if (parsed.GetValue(_posterior) is { } given)
            end = parsed.GetValue(_towards) is not null
                ? Posterior(given)
                : throw new ArgumentException("--posterior is where --towards leads: give both, or neither");
        else if (parsed.GetValue(_towards) is not null)
            end = Posterior(density is null ? null : requests[0].Function, token);
        List<EstimatorTable> tables = [];
        foreach (EstimatorRequest request in requests)
            foreach (double way in ways)
                tables.Add(EstimatorTable.Of(
                    request,
                    way,
                    new(
                        [mean + (way * (end.Mean - mean))],
                        // Through all ratios of the deviations evenly; the ends exactly.
                        [way == 0 ? deviation : way == 1 ? end.Deviation : deviation * Math.Pow(end.Deviation / deviation, way)]),
                    token));
        string? page = parsed.GetValue(_report);
        if (page is not null)
            Write(page, requests, parameters, tables);
        if (parsed.GetValue(_json))
            JsonOutput.Print(new JsonObject
            {
                ["log_density"] = density,
                ["integrand"] = integrand,
                ["parameters"] = new JsonObject([.. parameters.Select(p => KeyValuePair.Create(p.Key, Json.Number(p.Value)))]),
                ["seed"] = parsed.GetValue(_seed),
                ["tables"] = new JsonArray([.. tables.Select(t => t.ToJson())]),
                ["report"] = page,
            });
        else
            Print(tables, page);
        return 0;

        EstimatorRequest Request(string text, Objective objective) => new(
            LogDensity.Of(new(text, null, variables, null), parameters, token),
            objective,
            Between(parsed.GetValue(_samples), FewestSamples, MostSamples, "--samples"),
            Between(parsed.GetValue(_estimates), FewestEstimates, MostEstimates, "--estimates"),
            (ulong)parsed.GetValue(_seed));
    }

    private static int Between(int value, int least, int most, string option)
        => value >= least && value <= most ? value : throw new ArgumentException($"{option} must be {least} to {most}, not {value}");

    private static (double Mean, double Deviation) Gaussian(double mean, double deviation, string option)
        => deviation > 0
            ? (mean, deviation)
            : throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"{option} must give a standard deviation above 0, not {deviation}"));

    private static double[] Ways(string? text)
    {
        double?[] ways = [.. (text ?? "0").Split(',').Select(NumberText.Number)];
        return ways.Length <= MostWays && ways.All(w => w is >= 0 and <= 1)
            ? [.. ways.Select(w => w!.Value)]
            : throw new ArgumentException($"--towards takes up to {MostWays} numbers from 0 to 1, such as 0,0.5,1, not '{text}'");
    }

    private static (double Mean, double Deviation) Posterior(string text)
    {
        double?[] parts = [.. text.Split(',').Select(NumberText.Number)];
        return parts is [{ } mean, { } deviation]
            ? Gaussian(mean, deviation, "--posterior")
            : throw new ArgumentException($"--posterior takes a mean and a standard deviation such as 1,0.5, not '{text}'");
    }

    private static (double Mean, double Deviation) Posterior(LogDensity? density, CancellationToken token)
    {
        if (density is null)
            throw new ArgumentException("--towards leads to the posterior of a log density: name one, or give --posterior m,s");
        LaplaceEstimate laplace = LaplaceEstimate.Of(density, new(), double.NaN, token);
        return laplace.StandardDeviations is [var deviation] && double.IsFinite(deviation)
            ? (laplace.Mode[0], deviation)
            : throw new ArithmeticException($"where --towards is to lead is not known: {laplace.Summary} Give --posterior m,s");
    }

    private static void Print(List<EstimatorTable> tables, string? page)
    {
        foreach (EstimatorTable table in tables)
        {
            Console.WriteLine(EstimatorFigures.Sentence(table));
            Console.WriteLine(
                $"{"estimator",-40}{"n",4}{"by the mean",13}{"+-",10}{"variance",12}{"log deviation",15}{"+-",10}{"variance",12}");
            foreach (string[] cells in table.Rows.Select(EstimatorFigures.Cells))
                Console.WriteLine(
                    $"{cells[0],-40}{cells[1],4}{cells[2],13}{cells[3],10}{cells[4],12}{cells[5],15}{cells[6],10}{cells[7],12}");
            Console.WriteLine();
        }
        Console.WriteLine("Variances are those of one estimate times its n samples: for each sample that it costs.");
        if (page is not null)
            Console.WriteLine(page);
    }

    private static void Write(
        string page, List<EstimatorRequest> requests, Dictionary<string, double> parameters, List<EstimatorTable> tables)
    {
        List<Section> sections = [];
        foreach (EstimatorRequest request in requests)
            sections.Add(new(
                request.Objective == Objective.Expectation ? "An expectation" : "The evidence lower bound",
                EstimatorFigures.Of([.. tables.Where(t => t.Request == request)])));
        EstimatorRequest first = requests[0];
        sections.Add(new(
            "What was asked",
            [
                new KeyValueTable(
                [
                    .. requests.Select(r => (r.Objective == Objective.Expectation ? "f" : "log density", r.Function.Text)),
                    ("variable", first.Function.Variables[0]),
                    .. parameters.Select(p => (p.Key, p.Value.ToString("G10", CultureInfo.InvariantCulture))),
                    ("samples of an estimate", first.Samples.ToString(CultureInfo.InvariantCulture)),
                    ("estimates", first.Estimates.ToString(CultureInfo.InvariantCulture)),
                    ("seed", first.Seed.ToString(CultureInfo.InvariantCulture)),
                ]),
            ]));
        new Report(
            "Estimators of a gradient",
            "One gradient with respect to the parameters of a Gaussian q, by every estimator. Variances are for each sample: those of one "
            + "estimate times its n samples.",
            sections).Save(page);
    }
}
