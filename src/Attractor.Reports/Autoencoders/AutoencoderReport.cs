using System.Globalization;
using Attractor.Data;
using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Reports;

/// <summary>What the report of a variational autoencoder is made from.</summary>
public sealed record AutoencoderReport
{
    private const int ImagesInARow = 16, Reconstructions = 32, Samples = 64, MostPoints = 2000;

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>The model.</summary>
    public required VariationalAutoencoder Model { get; init; }

    /// <summary>Observations to show: n x D, binarised as the model takes them.</summary>
    public required float[] Observations { get; init; }

    /// <summary>What they are, such as "test images".</summary>
    public required string Source { get; init; }

    /// <summary>Their labels, or none.</summary>
    public IReadOnlyList<int> Labels { get; init; } = [];

    /// <summary>The epochs of the training; none if they are not known.</summary>
    public IReadOnlyList<EpochPoint> Epochs { get; init; } = [];

    /// <summary>Bounds on log p(x), if they were estimated.</summary>
    public IReadOnlyList<ImportanceWeightedEstimate> Bounds { get; init; } = [];

    /// <summary>How many of the observations they were estimated on.</summary>
    public int BoundSamples { get; init; }

    /// <summary>Seed of the samples shown.</summary>
    public ulong Seed { get; init; }

    /// <summary>Sections to put before the others.</summary>
    public IReadOnlyList<Section> First { get; init; } = [];

    /// <summary>The settings, in order.</summary>
    public IReadOnlyList<(string Key, string Value)> Configuration { get; init; } = [];

    /// <summary>What to type to go on.</summary>
    public IReadOnlyList<(string Purpose, string Command)> Commands { get; init; } = [];

    private string Unit => Model.Options.Image is null ? "row" : "image";

    /// <summary>What shows the model while it learns: the latent plane, and the observations beside what the model keeps of them.</summary>
    public IReadOnlyList<Element> Figures()
    {
        Element? kept = Model.Options.Image is { } image ? ReconstructionPicture(image.Height, image.Width)
            : Model.Observed > 1 ? ReconstructionPlane()
            : null;
        return [.. ((Element?[])[LatentPlane.Of(Means(), Model.Latent, Labels), kept]).OfType<Element>()];
    }

    /// <summary>The report.</summary>
    public Report ToReport()
    {
        float[] means = Means();
        return new(
            Title, string.Create(
                CultureInfo.InvariantCulture,
                $"A variational autoencoder, {Model.Description}, {Model.Options.Observation.Family} observations: "
                + $"{Model.ParameterCount:N0} parameters."),
            [.. First, .. Sections(means)]);
    }

    private float[] Means() => Model.Encode(Observations.AsSpan(0, Math.Min(Observations.Length, MostPoints * Model.Observed))).Means;

    private IEnumerable<Section> Sections(float[] means)
    {
        yield return new("How good it is", [Scores(means)]);
        if (Epochs.Count > 1)
            yield return new("Training", [new Row([BoundFigure.Bounds(Epochs, Unit), BoundFigure.Parts(Epochs, Unit)])]);
        if (Model.Options.Image is { } image)
        {
            yield return new("Reconstructions", [ReconstructionPicture(image.Height, image.Width)]);
            yield return new("Samples", [new Picture(
                "Samples from the model", "E[x | z] of z drawn from the prior N(0, I): what the model believes the data to be like.",
                new ImageGrid().Of(Model.Sample(Samples, Seed), image.Height, image.Width))]);
        }
        else if (Model.Observed > 1)
        {
            yield return new("Samples", [SamplePlane()]);
        }
        if (LatentPlane.Of(means, Model.Latent, Labels) is { } plane)
            yield return new("Latent variables", [plane]);
        if (Model.Options.Image is not null)
            yield return new("What the latent variables do", [Traversals.Of(Model, means)]);
        if (Configuration.Count > 0)
            yield return new("Configuration", [new KeyValueTable(Configuration)]);
        if (Commands.Count > 0)
            yield return new("How to go on", [new CommandList(Commands)]);
    }

    private TableElement Scores(float[] means)
    {
        List<string[]> rows = [];
        if (Epochs.Count > 0)
            rows.Add(["training ELBO, last epoch", Number(-Epochs[^1].Loss), $"nats per {Unit}, each batch before its update"]);
        if (Epochs.Count > 0 && Epochs[^1].TestLoss is { } test)
            rows.Add(["test ELBO, last epoch", Number(-test), $"nats per {Unit}, one draw of z each"]);
        foreach (ImportanceWeightedEstimate bound in Bounds)
            rows.Add([
                string.Create(CultureInfo.InvariantCulture, $"log p(x) at least, K = {bound.Draws:N0}"), Number(bound.Mean),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"nats per {Unit}, standard error {bound.StandardError:F2}; importance-weighted, on {BoundSamples:N0} {Source}"),
            ]);
        int active = ActiveUnits.Count(means, Model.Latent);
        rows.Add([
            "active latent variables",
            string.Create(CultureInfo.InvariantCulture, $"{active} of {Model.Latent}"),
            "their posterior means vary by more than 0.01 over the data"
        ]);
        return new(["score", "value#", "what it is"], rows);
    }

    private Picture ReconstructionPicture(int height, int width)
    {
        int count = Math.Min(Reconstructions, Observations.Length / Model.Observed),
            columns = Math.Min(ImagesInARow, count), line = columns * Model.Observed;
        float[] originals = Observations[..(count * Model.Observed)], decoded = Model.Reconstruct(originals);
        int rows = (count + columns - 1) / columns;
        float[] both = new float[2 * rows * line];
        for (int row = 0; row < rows; row++)
        {
            int start = row * line, length = Math.Min(line, originals.Length - start);
            originals.AsSpan(start, length).CopyTo(both.AsSpan(2 * row * line));
            decoded.AsSpan(start, length).CopyTo(both.AsSpan(((2 * row) + 1) * line));
        }
        return new(
            "Originals, each above its reconstruction",
            $"The first {count} {Source}, and E[x | z] at the mean of q(z | x).",
            new ImageGrid { Columns = columns }.Of(both, height, width));
    }

    private LineFigure SamplePlane() => Plane(
        "Data and samples",
        "The first two variables, of the data and of as many samples.",
        "samples",
        Model.Sample(Shown, Seed, means: false));

    private LineFigure ReconstructionPlane() => Plane(
        "Data and reconstructions",
        "The first two variables, of the data and of E[x | z] at the mean of q(z | x): what the latent variables keep of them.",
        "reconstructions",
        Model.Reconstruct(Observations.AsSpan(0, Shown * Model.Observed)));

    private int Shown => Math.Min(MostPoints, Observations.Length / Model.Observed);

    private LineFigure Plane(string title, string caption, string name, float[] rows) => new(
        title, caption, "variable 1", "variable 2",
        [
            Dots("data", "--true", Observations, Model.Observed, Shown),
            Dots(name, "--generated", rows, Model.Observed, Shown),
        ])
    {
        Height = 460,
    };

    private static Curve Dots(string name, string color, float[] rows, int d, int count) => new(
        name,
        color,
        [.. Enumerable.Range(0, count).Select(i => (double)rows[i * d])],
        [.. Enumerable.Range(0, count).Select(i => (double)rows[(i * d) + 1])])
    {
        Style = CurveStyle.Dots,
        Size = 4,
    };

    private static string Number(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}
