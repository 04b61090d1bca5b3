using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Reports;
using Attractor.Runs;
using Attractor.Storage;

namespace Attractor.Experiments;

/// <summary>
/// A variational autoencoder of MNIST digits, the losses that a document prints beside ours, and bounds on log p(x) of the test digits.
/// </summary>
internal sealed class AutoencoderExperiment
{
    private readonly AutoencoderExperimentSettings _settings;
    private readonly ExperimentSession _session;
    private readonly TrainedRuns _runs;

    private AutoencoderExperiment(AutoencoderExperimentSettings settings, ExperimentSession session)
        => (_settings, _session, _runs) = (settings, session, new(session));

    public required string Name { get; init; }

    /// <summary>What the document prints for each epoch, if these are its settings.</summary>
    public IReadOnlyList<double> Printed { get; init; } = [];

    /// <summary>784-400-400-200, leaky ReLU, rounded pixels, batch 100, 15 epochs.</summary>
    public static AutoencoderExperiment Deep(DeepAutoencoderSettings settings, ExperimentSession session) => new(settings, session)
    {
        Name = "784-400-400-200",
        Printed = settings.AreTheDocuments ? AutoencoderFindings.PrintedLosses : [],
    };

    /// <summary>784-256-50, ReLU, grey pixels, batch 64, 100 epochs.</summary>
    public static AutoencoderExperiment Shallow(ShallowAutoencoderSettings settings, ExperimentSession session)
        => new(settings, session) { Name = "784-256-50" };

    public ExperimentResult Run(CancellationToken token)
    {
        DigitFiles digits = DigitFiles.Read(_settings.Data);
        Binarization binarization = _settings.ToTraining(1).Binarization;
        _session.Say($"{digits.Description}, pixels {(binarization == Binarization.None ? "grey" : "rounded to 0 or 1")}");
        if (!digits.AreMnist)
            _session.SayNaming(
                $"the document's numbers are of MNIST: attractor data mnist fetches it, {nameof(_settings.Data):setting} FOLDER names it");
        List<AutoencoderOutcome> outcomes = [];
        foreach (long seed in _settings.Seeds)
            outcomes.Add(Train(digits, seed, token));
        SampleSet test = AutoencoderData.Samples(digits.Test, binarization);
        IReadOnlyList<ImportanceWeightedEstimate> bounds = Bounds(outcomes[0].Model, test, token);
        SlipOutcome? slip = _settings is ShallowAutoencoderSettings { Slip: true } shallow
            ? Slip(shallow, outcomes[0].Model.Options, digits, test, token)
            : null;
        int active = ActiveUnits.Count(outcomes[0].Model.Encode(digits.Test.Binarize(binarization).Pixels).Means, _settings.Latent);
        return new()
        {
            Title = $"The variational autoencoder {Name}",
            Subtitle = $"{digits.Description}, pixels {(binarization == Binarization.None ? "grey" : "rounded to 0 or 1")}; "
                + string.Create(CultureInfo.InvariantCulture, $"{_settings.Epochs} epochs of batches of {_settings.Batch}, Adam."),
            Findings = AutoencoderFindings.Of(_settings, digits, outcomes, bounds, Printed, slip),
            Derivation = AutoencoderFindings.Derivation,
            Sections = Sections(outcomes, digits, binarization, bounds),
            Json = ToJson(outcomes, digits, bounds, active, slip),
            Commands = Commands(outcomes[0]),
        };
    }

    private AutoencoderOutcome Train(DigitFiles digits, long seed, CancellationToken token)
    {
        AutoencoderSettings settings = DigitFiles.Name(_settings.Data, _settings.ToTraining(seed));
        Run run = _runs.Train(FormattableString.Invariant($"seed-{seed}"), VariationalAutoencoder.KindName, null, settings, token);
        AutoencoderOutcome outcome = new(
            seed, run.Path, (VariationalAutoencoder)run.Trained.Model, RunFolder.ReadEpochs(run.Path), digits.Training.Count,
            _settings.Batch);
        EpochPoint last = outcome.Epochs[^1];
        _session.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"seed {seed}, epoch {last.Epoch}: loss {last.Loss:F2}, as the document counts it {outcome.AsPrinted(last):F2}, test ELBO "
            + $"{-last.TestLoss!.Value:F2}"));
        return outcome;
    }

    private IReadOnlyList<ImportanceWeightedEstimate> Bounds(VariationalAutoencoder model, SampleSet test, CancellationToken token)
    {
        int count = Math.Min(_settings.BoundImages, test.Count);
        IReadOnlyList<ImportanceWeightedEstimate> bounds = ImportanceWeighting.Estimate(
            model, test.Take(count), _settings.Draws, cancellationToken: token);
        foreach (ImportanceWeightedEstimate bound in bounds)
            _session.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"log p(x) >= {bound.Mean:F2} +- {bound.StandardError:F2} nats an image, K = {bound.Draws:N0}, the "
                + $"first {count:N0} test images"));
        return bounds;
    }

    // The document's program as it is written, so that one can see what it reports and what that is worth.
    private SlipOutcome Slip(
        ShallowAutoencoderSettings settings, AutoencoderOptions structure, DigitFiles digits, SampleSet test, CancellationToken token)
    {
        ulong seed = (ulong)settings.Seeds[0];
        VariationalAutoencoder model = new(structure);
        VarianceForDeviation training = new(model, digits.Training.Pixels.ToArray(), seed),
            held = new(model, digits.Test.Pixels.ToArray(), seed);
        Directory.CreateDirectory(_session.Runs);
        string file = _runs.PathOf(string.Create(
            CultureInfo.InvariantCulture,
            $"std-exp-logvar-{settings.Layers[0]}-{settings.Latent}-batch-{settings.Batch}-seed-{seed}-of-{digits.Training.Count}"
            + $".safetensors"));
        TrainingState? state = File.Exists(file) && !_session.Overwrite ? Checkpoint.Load(file) : null;
        long updatesPerEpoch = (digits.Training.Count + settings.Batch - 1) / settings.Batch;
        if (state?.Update > settings.Epochs * updatesPerEpoch)
            state = null;
        MinibatchResult result = Minibatches.Fit(
            model.Parameters,
            training,
            new() { Epochs = settings.Epochs, BatchSize = settings.Batch, Seed = seed },
            resume: state,
            callbacks: new()
            {
                Checkpoint = (reached, _) => Checkpoint.Save(file, reached),
                Epoch = e => _session.Progress(string.Create(
                    CultureInfo.InvariantCulture, $"std = exp(logvar), epoch {e.Epoch} of {settings.Epochs}: it reports {-e.Loss:F2}")),
            },
            cancellationToken: token);
        token.ThrowIfCancellationRequested();
        Checkpoint.Save(file, result.State);
        ImportanceWeightedEstimate bound = ImportanceWeighting.Estimate(
            VarianceForDeviation.AsSampled(model), test, [1], cancellationToken: token)[0];
        SlipOutcome slip = new(-held.Evaluate(model.Parameters), bound.Mean, bound.StandardError);
        _session.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"the document's program, std = exp(logvar): it reports {slip.Reported:F2}, which is no bound; the posterior that it samples "
            + $"has one of {slip.Bound:F2} +- {slip.Error:F2}"));
        return slip;
    }

    private IReadOnlyList<Section> Sections(
        List<AutoencoderOutcome> outcomes,
        DigitFiles digits,
        Binarization binarization,
        IReadOnlyList<ImportanceWeightedEstimate> bounds) => new AutoencoderReport
        {
            Title = "",
            Model = outcomes[0].Model,
            Observations = digits.Test.Binarize(binarization).Pixels.ToArray(),
            Labels = digits.Test.Labels.ToArray(),
            Source = "test images",
            Epochs = outcomes[0].Epochs,
            Bounds = bounds,
            BoundSamples = Math.Min(_settings.BoundImages, digits.Test.Count),
            First = Printed.Count > 0 && digits.AreMnist ? [Comparison(outcomes)] : [],
        }.ToReport().Sections;

    private Section Comparison(List<AutoencoderOutcome> outcomes)
    {
        IReadOnlyList<EpochPoint> epochs = outcomes[0].Epochs;
        int count = Math.Min(Printed.Count, epochs.Count);
        List<string[]> rows = [.. epochs.Take(count).Select(e => (string[])
        [
            Text(e.Epoch, "F0"),
            Text(Printed[e.Epoch - 1]),
            Text(outcomes[0].AsPrinted(e)),
            Text(e.Loss),
            Text(-e.TestLoss!.Value),
            Text(e.EpochSeconds),
        ])];
        double[] x = [.. Enumerable.Range(1, count).Select(e => (double)e)];
        return new("The document's losses beside ours",
        [
            new LineFigure("Training loss", "In the document's convention.", "epoch", "nats per image",
            [
                new("document", "--true", x, [.. Printed.Take(count)]) { Style = CurveStyle.LinesAndDots },
                .. outcomes.Select((o, i) => new Curve(
                    FormattableString.Invariant($"seed {o.Seed}"), i == 0 ? "--generated" : "--third", x, [
                        .. o.Epochs.Take(count).Select(o.AsPrinted)
                    ]) { Dashed = true }),
            ]),
            new TableElement(["epoch#", "document#", "here, its convention#", "here, true mean#", "test ELBO#", "seconds#"], rows),
        ]);
    }

    private List<(string, string)> Commands(AutoencoderOutcome outcome)
    {
        string run = RunCommands.Quote(outcome.Run);
        AutoencoderSettings training = _settings.ToTraining(outcome.Seed);
        return
        [
            ("samples of it", $"attractor generate {run} --count 64 -o samples.png"),
            ("bounds of it", $"attractor evaluate {run} --draws 1,100"),
            ("the same of images of your own, or of digits that the program draws", CommandText.Of(
                "train vae",
                [
                    ("layers", string.Join(',', training.Layers)),
                    ("latent", training.Latent),
                    ("activation", KebabCase.Of(training.Activation)),
                    ("batch", training.Batch),
                    ("epochs", training.Epochs),
                    ("binarize", KebabCase.Of(training.Binarize!.Value))
                ],
                string.Create(CultureInfo.InvariantCulture, $"vae-{training.Latent}-run"))),
        ];
    }

    private JsonObject ToJson(
        List<AutoencoderOutcome> outcomes,
        DigitFiles digits,
        IReadOnlyList<ImportanceWeightedEstimate> bounds,
        int active,
        SlipOutcome? slip) => new()
        {
            ["mnist"] = digits.AreMnist,
            ["training_images"] = digits.Training.Count,
            ["document_losses"] = new JsonArray([.. Printed.Select(Json.Number)]),
            ["seeds"] = new JsonArray([.. outcomes.Select(o => new JsonObject
            {
                ["seed"] = o.Seed,
                ["run"] = o.Run,
                ["epochs"] = EpochRows.ToJson(o.Epochs, digits.Training.Count, _settings.Batch),
                ["seconds"] = Json.Number(o.Epochs.Sum(e => e.EpochSeconds)),
            })]),
            ["bounds"] = new JsonArray([.. bounds.Select(b => new JsonObject
            {
                ["draws"] = b.Draws,
                ["log_likelihood_bound"] = Json.Number(b.Mean),
                ["standard_error"] = Json.Number(b.StandardError),
            })]),
            ["bound_images"] = Math.Min(_settings.BoundImages, digits.Test.Count),
            ["active_units"] = active,
            ["std_exp_logvar"] = slip?.ToJson(),
        };

    private static string Text(double value, string format = "F2") => value.ToString(format, CultureInfo.InvariantCulture);
}
