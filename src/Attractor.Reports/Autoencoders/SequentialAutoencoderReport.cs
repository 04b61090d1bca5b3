using System.Globalization;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Probability;

namespace Attractor.Reports;

/// <summary>What the report of a sequential variational autoencoder is made from.</summary>
public sealed record SequentialAutoencoderReport
{
    private const int ShownRows = 400, ShownVariables = 4, Margin = 2, MostPoints = 3000;

    // Rows of a roll from one label to the next, an octave of notes, and steps of its time.
    private const int LabelledRows = 12, LabelledSteps = 20;

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>The model.</summary>
    public required SequentialVariationalAutoencoder Model { get; init; }

    /// <summary>A sequence to reconstruct; it may have gaps.</summary>
    public required TimeSeries Sequence { get; init; }

    /// <summary>Bounds on the log likelihood of such sequences.</summary>
    public IReadOnlyList<SequenceLikelihood> Bounds { get; init; } = [];

    /// <summary>A long sequence without gaps and a sample as long, with their comparison; none if null.</summary>
    public (TimeSeries Truth, TimeSeries Sample, Reconstruction Score)? Comparison { get; init; }

    /// <summary>The epochs of the training; none if they are not known.</summary>
    public IReadOnlyList<EpochPoint> Epochs { get; init; } = [];

    /// <summary>Seed of the sample shown.</summary>
    public ulong Seed { get; init; }

    /// <summary>Sections to put before the others.</summary>
    public IReadOnlyList<Section> First { get; init; } = [];

    /// <summary>The settings, in order.</summary>
    public IReadOnlyList<(string Key, string Value)> Configuration { get; init; } = [];

    /// <summary>What to type to go on.</summary>
    public IReadOnlyList<(string Purpose, string Command)> Commands { get; init; } = [];

    private TimeSeries Shown => Sequence.Slice(0, Math.Min(ShownRows, Sequence.Length));

    /// <summary>What shows the model while it learns: the latent plane, and the sequence beside what the model keeps of it.</summary>
    public IReadOnlyList<Element> Figures() => [.. ((Element?[])[Plane()]).OfType<Element>(), .. Kept(Shown)];

    /// <summary>The report.</summary>
    public Report ToReport() => new(
        Title, string.Create(
            CultureInfo.InvariantCulture,
            $"A sequential variational autoencoder of {Model.Observed} observed "
            + $"variables: {Model.Description}; {Model.ParameterCount:N0} parameters."),
        [.. First, .. Sections()]);

    private IEnumerable<Section> Sections()
    {
        yield return new("How good it is", [.. Scores()]);
        if (Epochs.Count > 1)
            yield return new("Training", [new Row([BoundFigure.Bounds(Epochs, "time step"), BoundFigure.Parts(Epochs, "time step")])]);
        TimeSeries shown = Shown;
        yield return new("Reconstruction", [.. Kept(shown)]);
        if (Comparison is { } comparison)
        {
            yield return new("Data and a sample in time", [.. new GeometryFigures(comparison.Truth, comparison.Sample).Elements()]);
            yield return new("Power spectra", [.. SpectrumFigures.Of(comparison.Truth, comparison.Sample)]);
        }
        else if (Model.Options.Observation.Support == Domain.Binary && Model.Observed > ShownVariables)
        {
            TimeSeries sample = Model.Generate(shown.Length, Seed, GenerationNoise.Full).Observations;
            yield return new("Samples", [Rolls(
                "Data, and a sample of the model",
                "Above the data, below a sequence that the model makes up, drawn from the prior.",
                shown,
                sample)]);
        }
        else
        {
            yield return new(
                "Samples",
                [.. Lines(
                    shown,
                    Model.Generate(shown.Length, Seed, GenerationNoise.Full).Observations,
                    "sample",
                    "A sequence that the model makes up, beside the data: alike, not equal.")]);
        }
        if (Plane() is { } plane)
            yield return new("Latent variables", [plane]);
        if (Configuration.Count > 0)
            yield return new("Configuration", [new KeyValueTable(Configuration)]);
        if (Commands.Count > 0)
            yield return new("How to go on", [new CommandList(Commands)]);
    }

    private IEnumerable<Element> Kept(TimeSeries shown)
        => Model.Options.Observation.Support == Domain.Binary && Model.Observed > ShownVariables
            ? [Rolls(
                "Data, and what the model keeps of them",
                "Above the data, below E[x | z] at the posterior means; time from left to right, one variable a row, the first at the "
                + "bottom, those only that are ever on.",
                shown,
                Model.Reconstruct(shown))]
            : Lines(shown, Model.Reconstruct(shown));

    private LineFigure? Plane()
    {
        (TimeSeries means, _) = Model.Encode(Sequence.Slice(0, Math.Min(MostPoints, Sequence.Length)));
        return LatentPlane.Of([.. means.Values.ToArray().Select(v => (float)v)], Model.Latent, []);
    }

    private IEnumerable<Element> Scores()
    {
        List<string[]> rows = [];
        if (Epochs.Count > 0)
            rows.Add(["training ELBO, last epoch", Number(-Epochs[^1].Loss), "nats per time step"]);
        if (Epochs.Count > 0 && Epochs[^1].TestLoss is { } held)
            rows.Add(["validation ELBO, last epoch", Number(-held), "nats per time step"]);
        foreach (SequenceLikelihood bound in Bounds)
            rows.Add([
                string.Create(CultureInfo.InvariantCulture, $"log p(x) at least, K = {bound.Draws:N0}"), Number(bound.ImportanceWeighted),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"nats per time step over {bound.Steps:N0} steps; ELBO {bound.Bound:F3} = {bound.LogLikelihood:F3} - "
                    + $"{bound.Divergence:F3}"),
            ]);
        yield return new TableElement(["score", "value#", "what it is"], rows);
        if (Comparison is { } comparison)
        {
            yield return new Paragraph(
                "A sample as long as the data against the data, each score beside what one half of the data gets against the other:");
            yield return new ScoreTable(ScoreRows.Of(comparison.Score));
        }
    }

    private static IEnumerable<Element> Lines(
        TimeSeries data,
        TimeSeries other,
        string name = "E[x | z]",
        string caption = "The data and E[x | z] at the posterior means. Where the data have gaps the model fills them.")
    {
        double[] time = [.. Enumerable.Range(0, data.Length).Select(t => t * data.Dt)];
        for (int j = 0; j < Math.Min(ShownVariables, data.Dimension); j++)
            yield return new LineFigure(
                data.Names[j], j == 0 ? caption : "", "time", data.Names[j],
                [
                    new("data", "--true", time, data.Column(j)),
                    new(name, "--generated", time, other.Column(j)) { Dashed = name != "sample" }
                ])
            {
                Height = 220,
            };
    }

    // One below the other with a line between; of the variables those from the lowest to the highest that is ever on in the data.
    private static Picture Rolls(string title, string caption, TimeSeries above, TimeSeries below)
    {
        int[] sounding = [.. Enumerable.Range(0, above.Dimension).Where(j => above.Column(j).Any(v => v > 0.5))];
        int low = sounding.Length > 0 ? Math.Max(0, sounding[0] - Margin) : 0,
            high = sounding.Length > 0 ? Math.Min(above.Dimension - 1, sounding[^1] + Margin) : above.Dimension - 1;
        int height = high - low + 1, width = above.Length;
        float[] pixels = new float[2 * height * width];
        TimeSeries[] both = [above, below];
        for (int n = 0; n < both.Length; n++)
            for (int j = 0; j < height; j++)
                for (int t = 0; t < width; t++)
                    pixels[(((n * height) + j) * width) + t] = (float)both[n][t, high - j];
        return new(title, caption, new ImageGrid { Columns = 1 }.Of(pixels, height, width))
        {
            Scale = Math.Clamp(900.0 / width, 1, 8),
            Side = [.. Enumerable.Range(0, both.Length).SelectMany(n => Enumerable.Range(0, height)
                .Where(j => (high - j) % LabelledRows == 0)
                .Select(j => ((n + ((j + 0.5) / height)) / both.Length, above.Names[high - j])))],
            Foot = [.. Enumerable.Range(0, (width / LabelledSteps) + 1).Select(i => (
                Math.Min(1, (double)i * LabelledSteps / width),
                (i * LabelledSteps * above.Dt).ToString("G4", CultureInfo.InvariantCulture)))],
        };
    }

    private static string Number(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}
