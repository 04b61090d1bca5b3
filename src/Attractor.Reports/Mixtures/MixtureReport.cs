using System.Globalization;

namespace Attractor.Reports;

/// <summary>What the report of a mixture is made from.</summary>
public sealed record MixtureReport
{
    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>What the mixture is, in a sentence.</summary>
    public required string Subtitle { get; init; }

    /// <summary>N, the rows it was learnt from.</summary>
    public required int Rows { get; init; }

    /// <summary>The K components.</summary>
    public required IReadOnlyList<MixtureComponent> Components { get; init; }

    /// <summary>The ELBO of the components shown, in nats.</summary>
    public required double Bound { get; init; }

    /// <summary>Whether learning ended because the bound no longer rose.</summary>
    public required bool Converged { get; init; }

    /// <summary>How learning ended, in a sentence, with what to try if it did not converge.</summary>
    public required string Ending { get; init; }

    /// <summary>What is observed, for the graphical model; it is not drawn if there is none.</summary>
    public IReadOnlyList<MixtureBlock> Blocks { get; init; } = [];

    /// <summary>The symbol of the Dirichlet prior of the weights; null for weights that are fixed.</summary>
    public string? Concentration { get; init; }

    /// <summary>The log predictive density of rows set aside, if there were any.</summary>
    public HeldOutDensity? HeldOut { get; init; }

    /// <summary>Where the rows are; null for a mixture without positions.</summary>
    public MixturePositions? Positions { get; init; }

    /// <summary>The columns of counts.</summary>
    public IReadOnlyList<CountColumn> Counts { get; init; } = [];

    /// <summary>The columns of categories, or of yes and no.</summary>
    public IReadOnlyList<CategoryColumn> Categories { get; init; } = [];

    /// <summary>Tables of what is known of the blocks that have no figure: a row for each component.</summary>
    public IReadOnlyList<TableElement> Parameters { get; init; } = [];

    /// <summary>The bound during learning, from each start; none if it is not known.</summary>
    public IReadOnlyList<RestartTrace> Restarts { get; init; } = [];

    /// <summary>What the bound was measured after: a sweep over all rows, or an epoch of batches.</summary>
    public string Step { get; init; } = "sweep";

    /// <summary>The terms of the bound; none if they are not known.</summary>
    public IReadOnlyList<BoundTerm> BoundTerms { get; init; } = [];

    /// <summary>The priors with their values, a row for each of a block's; none if they are not known.</summary>
    public TableElement? Priors { get; init; }

    /// <summary>What was missing in the data and how it was treated; empty if nothing was.</summary>
    public string MissingValues { get; init; } = "";

    /// <summary>Sections to put before the others.</summary>
    public IReadOnlyList<Section> First { get; init; } = [];

    /// <summary>The settings, in order.</summary>
    public IReadOnlyList<(string Key, string Value)> Configuration { get; init; } = [];

    /// <summary>What to type to go on.</summary>
    public IReadOnlyList<(string Purpose, string Command)> Commands { get; init; } = [];

    /// <summary>What shows the mixture while it is fitted: the rows and components, the counts, and the bound of each start.</summary>
    /// <exception cref="ArgumentException">The shapes of what was given do not fit each other.</exception>
    public IReadOnlyList<Element> Figures()
    {
        Require();
        RestartTrace[] traces = [.. Restarts.Where(t => t.Bounds.Count > 0)];
        return
        [
            .. Places(Positions is { Dimension: > 1 } ? new(Positions) : null),
            .. Counts.Select(CountFigure.Predictive),
            .. traces.Length > 0 ? (Element[])[BoundTrace.Bounds(traces, Step), BoundTrace.Remainders(traces, Step)] : [],
        ];
    }

    /// <summary>The report.</summary>
    /// <exception cref="ArgumentException">The shapes of what was given do not fit each other.</exception>
    public Report ToReport()
    {
        Require();
        return new(Title, Subtitle, [.. First, .. Sections()]);
    }

    private IEnumerable<Section> Sections()
    {
        RestartTrace[] traces = [.. Restarts.Where(t => t.Bounds.Count > 0)];
        yield return new("How good it is", [Scores(traces)]);
        MapPlane? plane = Positions is { Dimension: > 1 } ? new(Positions) : null;
        if (Places(plane) is { Length: > 0 } places)
            yield return new(plane is null ? "Positions" : "Map", places);
        if (Counts.Count > 0)
            yield return new("Strengths", [.. Counts.SelectMany(c => Strengths(c, plane))]);
        if (Categories.Count > 0)
            yield return new("Categories", [
                new Paragraph("Posterior mean probabilities in each component."),
                .. Categories.Select(c => ComponentTable.Of(c, Components))
            ]);
        yield return new(
            "Components", [ComponentTable.Of(Components, Positions, Counts), new Paragraph(ComponentTable.Note(Positions, Counts))]);
        if (Parameters.Count > 0)
            yield return new("Parameters", [.. Parameters]);
        if (traces.Length > 0 || BoundTerms.Count > 0)
            yield return new("Bound", [.. Bounds(traces)]);
        if (Blocks.Count > 0)
            yield return new("Model", [MixtureDiagram.Of(Blocks, Concentration), .. Priors is { } priors ? (Element[])[priors] : []]);
        if (MissingValues.Length > 0)
            yield return new("Missing values", [new Paragraph(MissingValues)]);
        if (Configuration.Count > 0)
            yield return new("Configuration", [new KeyValueTable(Configuration)]);
        if (Commands.Count > 0)
            yield return new("How to go on", [new CommandList(Commands)]);
    }

    private Element[] Places(MapPlane? plane) => plane is not null ? [ComponentMap.Of(Positions!, Components, plane)]
        : Positions is not null ? [PositionDensity.Of(Positions, Components)]
        : [];

    private TableElement Scores(RestartTrace[] traces)
    {
        int used = Components.Count(c => c.IsInUse);
        List<string[]> rows =
        [
            ["ELBO", BoundTrace.Nats(Bound), string.Create(
                CultureInfo.InvariantCulture, $"nats, a lower bound on the log evidence of {Rows:N0} rows; {Bound / Rows:F4} per row")],
        ];
        if (HeldOut is { } held)
            rows.Add(["log predictive density, held out", held.Mean.ToString("F4", CultureInfo.InvariantCulture),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"nats per row, standard error {held.StandardError:G2}; {held.Rows:N0} rows that were not learnt from")]);
        rows.Add([
            "components in use",
            string.Create(CultureInfo.InvariantCulture, $"{used} of {Components.Count}"),
            "at least one row is expected to be from each"
        ]);
        rows.Add(["converged", Converged ? "yes" : "no", Ending]);
        if (traces.Length > 1)
        {
            // A tenth of a nat is a factor of 1.1 in evidence.
            double best = traces[BoundTrace.Best(traces)].Last;
            int close = traces.Count(t => best - t.Last <= 0.1);
            rows.Add([
                "starts that ended there",
                string.Create(CultureInfo.InvariantCulture, $"{close} of {traces.Length}"),
                "within 0.1 nats of the highest bound, the highest itself among them"
            ]);
        }
        return new(["score", "value#", "what it is"], rows);
    }

    private IEnumerable<Element> Strengths(CountColumn count, MapPlane? plane)
    {
        if (plane is not null)
            yield return StrengthMap.Of(Components, count, plane);
        yield return new Row([
            CountFigure.Predictive(count),
            Positions is { Dimension: 1 }
                ? CountFigure.RatesOverPosition(count, Components, Positions.Label(0))
                : CountFigure.Rates(count, Components),
        ]);
    }

    private IEnumerable<Element> Bounds(RestartTrace[] traces)
    {
        if (traces.Length > 0)
            yield return new Row([BoundTrace.Bounds(traces, Step), BoundTrace.Remainders(traces, Step)]);
        if (BoundTerms.Count > 0)
            yield return BoundTrace.Terms(BoundTerms);
    }

    private void Require()
    {
        if (Components.Count == 0)
            throw new ArgumentException("A mixture without components was given; one component or more was expected.", nameof(Components));
        Positions?.Require(Components);
        foreach (CountColumn count in Counts)
            if (count.Rates.Count != Components.Count)
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The column {count.Name} has {count.Rates.Count} rates; {Components.Count} were expected, "
                        + $"one for each component."),
                    nameof(Counts));
        foreach (CategoryColumn column in Categories)
            if (column.Probabilities.Count != Components.Count * column.Categories.Count)
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The column {column.Name} has {column.Probabilities.Count} probabilities; {Components.Count} components x "
                        + $"{column.Categories.Count} categories were expected."),
                    nameof(Categories));
        foreach (RestartTrace trace in Restarts)
            if (trace.Steps.Count != trace.Bounds.Count)
                throw new ArgumentException(FormattableString.Invariant(
                    $"A start has {trace.Bounds.Count} bounds at {trace.Steps.Count} steps; as many were expected."), nameof(Restarts));
    }
}
