using System.Globalization;
using Attractor.Dynamics;
using Attractor.Evaluation;
using Attractor.Learning;

namespace Attractor.Reports;

/// <summary>What the report of a reconstruction is made from.</summary>
public sealed record ReconstructionReport
{
    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>One sentence under the title.</summary>
    public required string Subtitle { get; init; }

    /// <summary>What became of the model on its own, at the top of the page; none if null.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>The true series.</summary>
    public required TimeSeries Truth { get; init; }

    /// <summary>The model's free run, in the same units.</summary>
    public required TimeSeries Generated { get; init; }

    /// <summary>Several recordings, each with the run beside it, to be drawn in place of the two: those of a single one if empty.</summary>
    public IReadOnlyList<(string Name, TimeSeries Truth, TimeSeries Generated)> Recordings { get; init; } = [];

    /// <summary>What the model was shown, noise included, where that is not the truth itself; not shown if null.</summary>
    public TimeSeries? LearntFrom { get; init; }

    /// <summary>A forecast to show beside the truth; none if null.</summary>
    public TypicalForecast? Forecast { get; init; }

    /// <summary>Whether the variables are counts or levels, which are shown as rasters.</summary>
    public bool ObservesCounts { get; init; }

    /// <summary>Fixed points and cycles of the model, to be marked in its attractor; not looked for if null.</summary>
    public CycleSet? Cycles { get; init; }

    /// <summary>Which of these the data do not have.</summary>
    public OwnRests? Own { get; init; }

    /// <summary>The scores by trial; none of a single recording.</summary>
    public Section? Trials { get; init; }

    /// <summary>How the model was chosen among others; none if null.</summary>
    public Section? Choice { get; init; }

    /// <summary>The training curve; none if it is not known.</summary>
    public IReadOnlyList<LossPoint> Losses { get; init; } = [];

    /// <summary>The scores.</summary>
    public IReadOnlyList<ScoreRow> Scores { get; init; } = [];

    /// <summary>The settings, in order.</summary>
    public IReadOnlyList<(string Key, string Value)> Configuration { get; init; } = [];

    /// <summary>What to type to go on.</summary>
    public IReadOnlyList<(string Purpose, string Command)> Commands { get; init; } = [];

    /// <summary>The report.</summary>
    public Report ToReport() => new(Title, Subtitle, [.. Sections()]);

    private IEnumerable<Section> Sections()
    {
        if (Verdict is { } verdict)
            yield return new("Verdict", [new Paragraph($"{verdict.Sentence} {verdict.Advice}".TrimEnd())]);
        if (Scores.Count > 0)
            yield return new(
                "How close it is",
                [new Paragraph("Each score beside its floor: what a perfect model would get on the same data."), new ScoreTable(Scores)]);
        if (Trials is { } trials)
            yield return trials;
        if (ObservesCounts)
            yield return new("What is observed", [.. RasterFigures.Of(Truth, Generated)]);
        (TimeSeries Truth, TimeSeries Generated)[] drawn = Recordings.Count == 0
            ? [(Truth, Generated)]
            : [.. Recordings.Select(one => (one.Truth, one.Generated))];
        GeometryFigures geometry = new(Truth, Generated) { Cycles = Cycles, Own = Own, LearntFrom = LearntFrom, Trials = drawn };
        yield return new("Geometry", [.. geometry.Elements()]);
        if (Cycles is { } cycles && cycles.FixedPoints.Count + cycles.Cycles.Count > 0)
            yield return new(
                "Fixed points and cycles",
                [
                    new Paragraph(string.Create(
                        CultureInfo.InvariantCulture,
                        $"Of the model as a map, by a search among its linear regions: {cycles.FixedPoints.Count} fixed points and "
                        + $"{cycles.Cycles.Count} cycles of low order. Those at the attractor are marked in it above. ")
                        + Own),
                    CycleFigures.Table(cycles, Own)
                ]);
        if (Forecast is { } forecast)
            yield return new("Forecast from a common start",
            [
                new Paragraph(string.Create(
                    CultureInfo.InvariantCulture,
                    $"From row {forecast.Start}{Of(forecast)} on, valid for {forecast.ValidSteps} steps: of the {forecast.Starts} starts "
                    + $"that the valid prediction time is scored by, the nearest to their median, {forecast.Median} steps.")),
                .. ForecastFigures.Of(drawn[forecast.Trial].Truth, forecast),
            ]);
        yield return new("Power spectra", [.. SpectrumFigures.Of(drawn)]);
        if (ReturnMapFigure.Of(drawn) is { } map)
            yield return new("Return map", [map]);
        if (Choice is { } choice)
            yield return choice;
        if (Losses.Count > 1)
            yield return new("Training", [LossFigure.Of(Losses)]);
        if (Configuration.Count > 0)
            yield return new("Configuration", [new KeyValueTable(Configuration)]);
        if (Commands.Count > 0)
            yield return new("How to go on", [new CommandList(Commands)]);
    }

    private string Of(TypicalForecast forecast) => Recordings.Count == 0 ? "" : $" of trial {Recordings[forecast.Trial].Name}";
}
