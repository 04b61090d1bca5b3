using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Reports;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>
/// A variational autoencoder of MNIST digits, the losses that a document prints beside ours, and bounds on log p(x) of the test digits.
/// </summary>
internal sealed class AutoencoderExperiment
{
    private const int Evaluated = 1000;

    private static readonly int[] s_draws = [1, 100, 5000];

    // Sums of batch losses divided by the index of the last batch, counted from 0, times the batch size: 599 x 100 instead of 600 x 100.
    private static readonly double[] s_printed =
    [
        170.47, 119.11, 104.68, 98.14, 94.27, 91.72, 90.03, 88.60, 87.54, 86.69, 85.86, 85.22, 84.57, 84.08, 83.52
    ];

    private readonly ExperimentSettings _settings;

    private AutoencoderExperiment(ExperimentSettings settings) => _settings = settings;

    public required string Name { get; init; }

    public required AutoencoderOptions Structure { get; init; }

    public required AutoencoderTrainingOptions Training { get; init; }

    public required Binarization Binarization { get; init; }

    public IReadOnlyList<double> Printed { get; init; } = [];

    private string ReportPath => _settings.Output ?? $"{Name}.html";

    /// <summary>784-400-400-200, leaky ReLU, rounded pixels, batch 100, 15 epochs.</summary>
    public static AutoencoderExperiment Deep(ExperimentSettings settings) => new(settings)
    {
        Name = "vae-784-400-400-200",
        Structure = new() { Observed = 784, Layers = [400, 400], Latent = 200, Activation = LayerActivation.LeakyRelu },
        Training = new() { Epochs = settings.Epochs ?? 15, BatchSize = 100 },
        Binarization = Binarization.Rounded,
        Printed = s_printed,
    };

    /// <summary>784-256-50, ReLU, grey pixels, batch 64, 100 epochs.</summary>
    public static AutoencoderExperiment Shallow(ExperimentSettings settings) => new(settings)
    {
        Name = "vae-784-256-50",
        Structure = new() { Observed = 784, Layers = [256], Latent = 50, Activation = LayerActivation.Relu },
        Training = new() { Epochs = settings.Epochs ?? 100, BatchSize = 64 },
        Binarization = Binarization.None,
    };

    public JsonObject Run(CancellationToken token)
    {
        DigitFiles digits = DigitFiles.Read(_settings.Data);
        _settings.Say($"{digits.Description}, pixels {(Binarization == Binarization.None ? "grey" : "rounded to 0 or 1")}");
        if (!digits.AreMnist)
            _settings.SayNaming(
                $"the document's numbers are of MNIST: attractor data mnist fetches it, {nameof(_settings.Data):setting} FOLDER names it");
        SampleSet training = AutoencoderData.Samples(digits.Training, Binarization),
            test = AutoencoderData.Samples(digits.Test, Binarization);
        List<Outcome> outcomes = [];
        foreach (long seed in _settings.Seeds ?? [1])
            outcomes.Add(Train(training, test, digits, seed, token));
        IReadOnlyList<ImportanceWeightedEstimate> bounds = Bounds(outcomes[0].Model, test, token);
        Write(outcomes, digits, bounds);
        return ToJson(outcomes, digits, bounds);
    }

    private Outcome Train(SampleSet training, SampleSet test, DigitFiles digits, long seed, CancellationToken token)
    {
        VariationalAutoencoder model = new(Structure with { Image = (digits.Training.Height, digits.Training.Width), Seed = (ulong)seed });
        AutoencoderTrainingOptions options = Training with { Seed = (ulong)seed };
        MinibatchResult result = AutoencoderTraining.Fit(
            model, training, test, options, callbacks: new() { Epoch = point => Say(point, seed, digits) }, cancellationToken: token);
        token.ThrowIfCancellationRequested();
        return result.Ending == TrainingEnding.Completed
            ? new(seed, model, result)
            : throw new InvalidDataException($"the training with seed {seed} diverged");
    }

    private void Say(EpochPoint point, long seed, DigitFiles digits)
    {
        double printed = Convention(point.Loss, digits.Training.Count);
        string document = digits.AreMnist && point.Epoch <= Printed.Count
            ? string.Create(CultureInfo.InvariantCulture, $"  document {Printed[point.Epoch - 1],6:F2}")
            : "";
        _settings.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"seed {seed}, epoch {point.Epoch,3}: {(Printed.Count > 0 ? $"as the document prints it {printed,6:F2}{document}  " : "")}loss "
            + $"{point.Loss,6:F2}  test ELBO {-point.TestLoss!.Value,7:F2}  {point.EpochSeconds:F2} s"));
    }

    private double Convention(double loss, int samples) => EpochRows.PrintedLoss(loss, samples, Training.BatchSize) ?? loss;

    private IReadOnlyList<ImportanceWeightedEstimate> Bounds(VariationalAutoencoder model, SampleSet test, CancellationToken token)
    {
        int count = Math.Min(Evaluated, test.Count);
        IReadOnlyList<ImportanceWeightedEstimate> bounds = ImportanceWeighting.Estimate(
            model, test.Take(count), s_draws, cancellationToken: token);
        foreach (ImportanceWeightedEstimate bound in bounds)
            _settings.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"log p(x) >= {bound.Mean:F2} +- {bound.StandardError:F2} nats an image, K = {bound.Draws:N0}, the "
                + $"first {count:N0} test images"));
        return bounds;
    }

    private void Write(List<Outcome> outcomes, DigitFiles digits, IReadOnlyList<ImportanceWeightedEstimate> bounds)
    {
        float[] shown = digits.Test.Binarize(Binarization).Pixels.ToArray();
        new AutoencoderReport
        {
            Title = $"The variational autoencoder {Name[4..]}",
            Model = outcomes[0].Model,
            Observations = shown,
            Labels = digits.Test.Labels.ToArray(),
            Source = "test images",
            Epochs = outcomes[0].Result.Epochs,
            Bounds = bounds,
            BoundSamples = Math.Min(Evaluated, digits.Test.Count),
            First = Printed.Count > 0 && digits.AreMnist ? [Comparison(outcomes, digits)] : [],
            Commands = [("repeat", $"attractor reproduce {Name}"), ("data", "attractor data mnist")],
        }.ToReport().Save(ReportPath);
        _settings.Say($"{ReportPath}: losses, reconstructions, samples, latent variables");
    }

    private Section Comparison(List<Outcome> outcomes, DigitFiles digits)
    {
        IReadOnlyList<EpochPoint> epochs = outcomes[0].Result.Epochs;
        List<string[]> rows = [.. epochs.Take(Printed.Count).Select(e => (string[])
        [
            Text(e.Epoch, "F0"),
            Text(Printed[e.Epoch - 1]),
            Text(Convention(e.Loss, digits.Training.Count)),
            Text(e.Loss),
            Text(-e.TestLoss!.Value),
            Text(e.EpochSeconds),
        ])];
        double[] x = [.. Enumerable.Range(1, Math.Min(Printed.Count, epochs.Count)).Select(e => (double)e)];
        return new("The document's losses beside ours",
        [
            new Paragraph(
                "The document divides the sum of an epoch's batch losses by 599 x 100 images instead of 600 x 100: its numbers are too "
                + "large by 0.17 %. Ours in both conventions."),
            new LineFigure("Training loss", "In the document's convention.", "epoch", "nats per image",
            [
                new("document", "--true", x, [.. Printed.Take(x.Length)]) { Style = CurveStyle.LinesAndDots },
                .. outcomes.Select((o, i) => new Curve(
                    FormattableString.Invariant($"seed {o.Seed}"), i == 0 ? "--generated" : "--third", x, [
                        .. o.Result.Epochs.Take(x.Length).Select(e => Convention(e.Loss, digits.Training.Count))
                    ]) { Dashed = true }),
            ]),
            new TableElement(["epoch#", "document#", "ours, its convention#", "ours, true mean#", "test ELBO#", "seconds#"], rows),
        ]);
    }

    private JsonObject ToJson(List<Outcome> outcomes, DigitFiles digits, IReadOnlyList<ImportanceWeightedEstimate> bounds) => new()
    {
        ["mnist"] = digits.AreMnist,
        ["training_images"] = digits.Training.Count,
        ["document_losses"] = new JsonArray([.. Printed.Select(Json.Number)]),
        ["seeds"] = new JsonArray([.. outcomes.Select(o => new JsonObject
        {
            ["seed"] = o.Seed,
            ["epochs"] = EpochRows.ToJson(o.Result.Epochs, digits.Training.Count, Training.BatchSize),
            ["seconds"] = Json.Number(o.Result.Seconds),
        })]),
        ["bounds"] = new JsonArray([.. bounds.Select(b => new JsonObject
        {
            ["draws"] = b.Draws,
            ["log_likelihood_bound"] = Json.Number(b.Mean),
            ["standard_error"] = Json.Number(b.StandardError),
        })]),
        ["bound_images"] = Math.Min(Evaluated, digits.Test.Count),
        ["active_units"] = ActiveUnits.Count(outcomes[0].Model.Encode(digits.Test.Binarize(Binarization).Pixels).Means, Structure.Latent),
        ["report"] = ReportPath,
    };

    private static string Text(double value, string format = "F2") => value.ToString(format, CultureInfo.InvariantCulture);

    private sealed record Outcome(long Seed, VariationalAutoencoder Model, MinibatchResult Result);
}
