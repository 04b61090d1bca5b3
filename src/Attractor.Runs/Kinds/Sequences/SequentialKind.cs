using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Reports;

namespace Attractor.Runs;

/// <summary>A sequential variational autoencoder.</summary>
public sealed class SequentialKind : ModelKind
{
    /// <inheritdoc/>
    public override string Name => SequentialVariationalAutoencoder.KindName;

    /// <inheritdoc/>
    public override string Description
        => "A sequential variational autoencoder: latent variables in time, with a prior that may be learnt.";

    /// <inheritdoc/>
    public override string DataDescription
        => $"sequences as {DataFiles.Series} (of any lengths), or piano rolls as .json; missing values are allowed";

    /// <inheritdoc/>
    public override bool CanBeDistributed => true;

    /// <inheritdoc/>
    public override SettingsForm Settings { get; } = SettingsForm.Of<SequentialSettings>();

    /// <inheritdoc/>
    public override IReadOnlyList<Capability> Capabilities { get; }
        = [new SequentialGeneration(), new SequentialReconstruction(), new SequentialEvaluation(), new SequentialReporting()];

    internal override string WhyNotGenerative => "which this command does not take";

    /// <inheritdoc/>
    public override TrainingData Read(ModelSettings settings, IProgress<TableProgress>? progress, CancellationToken cancellationToken)
        => SequentialData.Read((SequentialSettings)settings);

    /// <inheritdoc/>
    public override ModelTraining Prepare(ModelSettings settings, TrainingData data)
    {
        SequentialData sequences = (SequentialData)data;
        SequentialSettings resolved = ((SequentialSettings)settings).Resolve();
        int longest = sequences.Training.Sequences.Max(s => s.Length), steps = Math.Min(resolved.Window ?? longest, longest);
        resolved.RequireMemory(
            sequences.Training.Dimension, Math.Max(sequences.Training.Count, sequences.Training.TotalSteps / steps), steps);
        SequentialVariationalAutoencoder model = resolved.CreateModel(sequences.Training.Dimension);
        Standardization? units = resolved.HasUnits
            ? DataUnits.Of(resolved.Standardize, sequences.Training.Sequences, exactly: true)
            : null;
        resolved = resolved with { Standardize = DataUnits.Rule(units) };
        model.Standardization = units;
        SequentialAutoencoderTraining.Check(model, sequences.Training, sequences.Validation, resolved.ToOptions());
        return new SequentialFit(resolved, model, sequences);
    }

    internal override Func<string, ModelFigures>? FiguresAt(ModelSettings settings, TrainingData data)
    {
        SequentialVariationalAutoencoder model = (SequentialVariationalAutoencoder)Prepare(settings, data).Model;
        SequentialData sequences = (SequentialData)data;
        TimeSeries shown = (sequences.Validation ?? sequences.Training)[0];
        return file =>
        {
            (SequentialVariationalAutoencoder learnt, long? update) = CheckpointParameters.At(model, model.Parameters, file);
            SequentialAutoencoderReport report = new()
            {
                Title = Name,
                Model = learnt,
                Sequence = shown,
            };
            return new(report.Figures(), update);
        };
    }

    /// <inheritdoc/>
    public override IEnumerable<(string Purpose, string Command)> Uses(string run, ModelSettings settings) =>
    [
        ("generate", $"attractor generate {run} --steps 10000 -o orbit.npy"),
        ("reconstruct", $"attractor reconstruct {run} --count 1 -o reconstruction.npy"),
        ("evaluate", $"attractor evaluate {run} --draws 1,100"),
    ];

    // The learnt dynamics of the latent variables, from where the data leave them; of a bare file, which has none, from where a network
    // without them starts.
    internal override MapSource ToMap(TrainedModel model, string subject, double? dt)
    {
        SequentialSource source = SequentialSource.Of(model);
        try
        {
            RecurrentModel transition = source.Model.ToRecurrentModel();
            double[] start = source.Settings is null ? Lyapunov.StartingState(transition) : source.StateAfter(source.Read(null)[0]);
            return new(subject, transition, start, dt ?? model.Dt, null);
        }
        catch (InvalidOperationException e)
        {
            throw new ArgumentException($"{subject} has no dynamics to look at: {e.Message}");
        }
    }
}
