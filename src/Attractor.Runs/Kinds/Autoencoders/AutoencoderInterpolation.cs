using System.Text.Json.Nodes;

namespace Attractor.Runs;

/// <summary>Goes from one observation to another through the latent variables.</summary>
internal sealed class AutoencoderInterpolation() : Capability<InterpolationOptions>(Verbs.Interpolate)
{
    protected override Answer Ask(TrainedModel model, InterpolationOptions options, Request request)
    {
        AutoencoderSource source = AutoencoderSource.Of(model);
        ObservationRows rows = source.Read(request.Data, selection: request.Selection);
        MemoryNeed.RequireRows(
            options.Steps, Math.Max(source.Model.Observed, source.Model.Latent), $"{nameof(InterpolationOptions.Steps):setting}");
        float[] way = source.Model.Interpolate(
            rows.Row(options.From, nameof(options.From)), rows.Row(options.To, nameof(options.To)), options.Steps);
        string path = RowsOutput.NameOf(request.Output, "interpolation", source.Model);
        RowsOutput.Write(path, way, source.Model, options.Steps, model.Variables(source.Model.Observed));
        return new(
            new JsonObject { ["file"] = path, ["from"] = options.From, ["to"] = options.To, ["count"] = options.Steps },
            $"{path}: {options.Steps} points from row {options.From} to row {options.To}");
    }
}
