using System.Text.Json.Nodes;

namespace Attractor.Runs;

/// <summary>Draws samples from a variational autoencoder.</summary>
internal sealed class AutoencoderGeneration()
    : Capability<AutoencoderDraw>(Verbs.Generate, $"it draws {nameof(AutoencoderDraw.Count):setting} samples")
{
    protected override Answer Ask(TrainedModel model, AutoencoderDraw options, Request request)
    {
        AutoencoderSource source = AutoencoderSource.Of(model);
        MemoryNeed.RequireRows(
            options.Count, Math.Max(source.Model.Observed, source.Model.Latent), $"{nameof(AutoencoderDraw.Count):setting}");
        float[] samples = source.Model.Sample(options.Count, (ulong)options.Seed, means: !options.Draw);
        string path = RowsOutput.NameOf(request.Output, "generated", source.Model);
        RowsOutput.Write(path, samples, source.Model, names: model.Variables(source.Model.Observed));
        return new(
            new JsonObject
            {
                ["file"] = path,
                ["count"] = options.Count,
                ["columns"] = source.Model.Observed,
                ["seed"] = options.Seed,
                ["drawn"] = options.Draw
            },
            $"{path}: {options.Count} samples\n  next: attractor report {RunCommands.Quote(model.Path)}");
    }
}
