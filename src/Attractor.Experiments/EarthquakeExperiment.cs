using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Reports;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>
/// Coordinate-ascent variational inference of where earthquakes come from and how strong they are: on data drawn from the model, where the
/// truth is known, and on a real catalogue.
/// </summary>
internal sealed class EarthquakeExperiment
{
    private const int MostComponents = 8;

    private readonly ExperimentSettings _settings;
    private readonly ulong _seed;
    private readonly string _report;

    public EarthquakeExperiment(ExperimentSettings settings)
    {
        if (settings.Seeds is { Count: > 1 } seeds)
            throw new SettingException($"earthquakes takes one seed, such as {nameof(settings.Seeds):setting} 1..1, found {seeds.Count}");
        (_settings, _seed, _report) = (settings, (ulong)(settings.Seeds?[0] ?? 1), settings.Output ?? "earthquakes.html");
    }

    public JsonObject Run(CancellationToken token)
    {
        // First, as a file that is no catalogue should be said before anything else.
        RealCatalogue? real = _settings.Data is { } file ? RealCatalogue.Fit(file, _seed, token) : null;
        Recovery recovery = Recover(token);
        double[] bounds = [.. Enumerable.Range(1, MostComponents).Select(k => Fit(recovery.Truth, k, token).Elbo)];
        Say(recovery, bounds);
        if (real is not null)
            _settings.Say(real.Sentence());
        else
            _settings.SayNaming(
                $"a real catalogue: {nameof(_settings.Data):setting} quakes.csv with columns such as longitude, latitude, stations");
        Write(recovery, bounds, real);
        _settings.Say($"{_report}: the maps, the strengths, the bound, the graphical model");
        return new()
        {
            ["simulated"] = new JsonObject
            {
                ["rows"] = SimulatedCatalogue.Rows,
                ["components"] = recovery.ToJson(),
                ["accuracy"] = Json.Number(recovery.Accuracy),
                ["elbo"] = Json.Number(recovery.Fit.Elbo),
                ["elbo_from_truth"] = Json.Number(recovery.FromTruth.Elbo),
                ["elbo_trace"] = new JsonArray([.. recovery.Fit.Trace.Select(Json.Number)]),
                ["least_rise"] = Json.Number(recovery.LeastRise),
                ["slip_of_the_document"] = Json.Number(recovery.Slip),
                ["elbo_by_components"] = new JsonArray([.. bounds.Select(Json.Number)]),
            },
            ["catalogue"] = real?.ToJson(),
            ["report"] = _report,
        };
    }

    private Recovery Recover(CancellationToken token)
    {
        SimulatedCatalogue truth = new(_seed);
        MixtureFit fromTruth = CoordinateAscent.Fit(
            SimulatedCatalogue.Model(SimulatedCatalogue.Components),
            truth.Data,
            new() { Responsibilities = truth.Assignments },
            cancellationToken: token);
        return new(truth, Fit(truth, SimulatedCatalogue.Components, token), fromTruth);
    }

    private MixtureFit Fit(SimulatedCatalogue truth, int components, CancellationToken token)
    {
        MixtureFit fit = CoordinateAscent.Fit(
            SimulatedCatalogue.Model(components), truth.Data, new() { Seed = _seed }, cancellationToken: token);
        token.ThrowIfCancellationRequested();
        return fit;
    }

    private void Say(Recovery recovery, double[] bounds)
    {
        MixtureFit fit = recovery.Fit;
        _settings.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"simulated: {SimulatedCatalogue.Rows:N0} earthquakes from {SimulatedCatalogue.Components} components, the best of "
            + $"{fit.Traces.Count} starts"));
        _settings.Say($"{"",4}{"true centre",20}{"found",20}{"+-",8}{"errors",8}{"true rate",12}{"found",10}{"+-",8}{"errors",8}");
        foreach (string[] row in recovery.Table())
            _settings.Say($"{row[0],4}{row[1],20}{row[2],20}{row[3],8}{row[4],8}{row[5],12}{row[6],10}{row[7],8}{row[8],8}");
        _settings.Say(string.Create(CultureInfo.InvariantCulture, $"assigned to the component they came from: {recovery.Accuracy:P2}"));
        _settings.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"ELBO {fit.Elbo:F6} nats after {fit.Trace.Count - 1} sweeps, from the true assignments {recovery.FromTruth.Elbo:F6}; it falls "
            + $"at no update (least rise in a sweep {recovery.LeastRise:G2}; rounding)"));
        _settings.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"with E[mu'mu] = 1/rho + m'm, as the document has it, in place of D/rho + m'm the bound would be reported {recovery.Slip:F6} "
            + $"nats too high (K (D - 1) / 2)"));
        _settings.Say("ELBO by the number of components: "
            + string.Join(", ", bounds.Select((b, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1}: {b:F1}"))));
    }

    private void Write(Recovery recovery, double[] bounds, RealCatalogue? real)
    {
        Section truth = new("The truth beside what was found",
        [
            new Paragraph(string.Create(
                CultureInfo.InvariantCulture,
                $"{SimulatedCatalogue.Rows:N0} earthquakes drawn from the model. {recovery.Accuracy:P2} of them are assigned to the "
                + $"component they came from. Errors are in standard deviations of the posterior.")),
            new TableElement(["", "true centre", "found", "+-#", "errors#", "true rate#", "found#", "+-#", "errors#"], recovery.Table()),
            new LineFigure(
                "How many components",
                "The bound has every constant, so that models of different sizes can be compared: how far each number of components stays "
                + "below the best one.",
                "components K",
                "nats below the best",
                [new("best of ten starts", "--true", [.. Enumerable.Range(1, bounds.Length).Select(k => (double)k)], [
                    .. bounds.Select(b => b == bounds.Max() ? double.NaN : bounds.Max() - b)
                ]) { Style = CurveStyle.LinesAndDots }])
            {
                LogY = true,
                Mark = (Array.IndexOf(bounds, bounds.Max()) + 1, "the best"),
            },
        ]);
        Report simulated = (MixtureFigures.Of(
            recovery.Fit, new SeriesRows(recovery.Truth.Data)) with
        { Title = "Earthquakes", First = [truth] }).ToReport();
        Report? catalogue = real?.ToReport().ToReport();
        Report whole = catalogue is null ? simulated : simulated with
        {
            Sections =
            [
                .. simulated.Sections.Select(s => s with { Heading = "Simulated: " + s.Heading }),
                .. catalogue.Sections.Select(s => s with { Heading = $"{catalogue.Title}: {s.Heading}" })
            ],
        };
        whole.Save(_report);
    }
}
