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
internal sealed class EarthquakeExperiment(EarthquakeSettings settings, ExperimentSession session)
{
    public ExperimentResult Run(CancellationToken token)
    {
        // First, as a file that is no catalogue should be said before anything else.
        RealCatalogue? real = settings.Data is { } file ? RealCatalogue.Fit(file, settings, token) : null;
        Recovery recovery = Recover(token);
        ComponentSearch search = ComponentSearch.Of(
            new SeriesRows(recovery.Truth.Data), settings.Components, settings.ToModel, settings.Restarts, settings.Seed, token);
        Say(recovery, search);
        if (real is not null)
            session.Say(real.Sentence());
        else
            session.SayNaming(
                $"a real catalogue: {nameof(settings.Data):setting} quakes.csv with columns such as longitude, latitude, stations");
        return new()
        {
            Title = "Earthquakes",
            Subtitle = string.Create(
                CultureInfo.InvariantCulture,
                $"Coordinate-ascent variational inference of where earthquakes come from and how strong they are: {settings.Rows:N0} drawn "
                + $"from the document's model{(real is null ? "" : ", and a real catalogue")}."),
            Findings = EarthquakeFindings.Of(recovery, search, real),
            Derivation = EarthquakeFindings.Derivation,
            Sections = [.. Simulated(recovery, search), .. real?.Sections() ?? []],
            Json = new()
            {
                ["simulated"] = new JsonObject
                {
                    ["rows"] = settings.Rows,
                    ["components"] = recovery.ToJson(),
                    ["accuracy"] = Json.Number(recovery.Accuracy),
                    ["elbo"] = Json.Number(recovery.Fit.Elbo),
                    ["elbo_from_truth"] = Json.Number(recovery.FromTruth.Elbo),
                    ["elbo_trace"] = new JsonArray([.. recovery.Fit.Trace.Select(Json.Number)]),
                    ["least_rise"] = Json.Number(recovery.LeastRise),
                    ["slip_of_the_document"] = Json.Number(recovery.Slip),
                    ["elbo_by_components"] = search.ToJson(),
                },
                ["catalogue"] = real?.ToJson(),
            },
            Commands =
            [
                ("the document's model of a catalogue of your own", Fit(
                    [("components", search.Components), ("tau", settings.Tau), ("weights", "fixed")], "quakes-run")),
                ("full covariances and sparse weights", Fit(
                    [
                        ("components", 25),
                        ("covariance", "full"),
                        ("weights", string.Create(CultureInfo.InvariantCulture, $"dirichlet:{settings.Concentration}")),
                        ("restarts", 20)
                    ],
                    "faults-run")),
            ],
        };
    }

    private static string Fit(IReadOnlyList<(string Key, object? Value)> options, string output) => CommandText.Of(
        "train mixture quakes.csv", [("position", "longitude,latitude"), ("count", "stations"), .. options], output);

    private Recovery Recover(CancellationToken token)
    {
        SimulatedCatalogue truth = new(settings);
        MixtureFit fromTruth = Fit(truth, new() { Responsibilities = truth.Assignments }, token);
        return new(truth, Fit(truth, new() { Seed = (ulong)settings.Seed }, token), fromTruth);
    }

    private MixtureFit Fit(SimulatedCatalogue truth, CoordinateAscentOptions options, CancellationToken token)
    {
        MixtureFit fit = CoordinateAscent.Fit(settings.ToModel(truth.Components), truth.Data, options, cancellationToken: token);
        token.ThrowIfCancellationRequested();
        return fit;
    }

    private void Say(Recovery recovery, ComponentSearch search)
    {
        MixtureFit fit = recovery.Fit;
        session.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"simulated: {settings.Rows:N0} earthquakes from {settings.Truth} components, the best of "
            + $"{fit.Traces.Count} starts"));
        session.Say($"{"",4}{"true centre",20}{"found",20}{"+-",8}{"errors",8}{"true rate",12}{"found",10}{"+-",8}{"errors",8}");
        foreach (string[] row in recovery.Table())
            session.Say($"{row[0],4}{row[1],20}{row[2],20}{row[3],8}{row[4],8}{row[5],12}{row[6],10}{row[7],8}{row[8],8}");
        session.Say(string.Create(CultureInfo.InvariantCulture, $"assigned to the component they came from: {recovery.Accuracy:P2}"));
        session.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"ELBO {fit.Elbo:F6} nats after {fit.Trace.Count - 1} sweeps, from the true assignments {recovery.FromTruth.Elbo:F6}; it falls "
            + $"at no update (least rise in a sweep {recovery.LeastRise:G2}; rounding)"));
        session.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"with E[mu'mu] = 1/rho + m'm, as the document has it, in place of D/rho + m'm the bound would be reported {recovery.Slip:F6} "
            + $"nats too high (K (D - 1) / 2)"));
        session.Say("ELBO by the number of components: "
            + string.Join(", ", search.Bounds.Select(b => string.Create(CultureInfo.InvariantCulture, $"{b.Components}: {b.Bound:F1}"))));
    }

    private IEnumerable<Section> Simulated(Recovery recovery, ComponentSearch search)
    {
        yield return new("The truth beside what was found",
        [
            new Paragraph(string.Create(
                CultureInfo.InvariantCulture,
                $"{settings.Rows:N0} earthquakes drawn from the model. {recovery.Accuracy:P2} of them are assigned to the "
                + $"component they came from. Errors are in standard deviations of the posterior. Components have the numbers that they "
                + $"have in all tables and maps of the simulated earthquakes.")),
            new TableElement(
                ["component#", "true centre", "found", "+-#", "errors#", "true rate#", "found#", "+-#", "errors#"], recovery.Table()),
            search.Figure(),
        ]);
        foreach (Section section in MixtureFigures.Of(recovery.Fit, new SeriesRows(recovery.Truth.Data)).ToReport().Sections)
            yield return section with { Heading = "Simulated: " + section.Heading };
    }
}
