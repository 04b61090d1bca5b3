using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>Draws one sequence from a sequential variational autoencoder.</summary>
internal sealed class SequentialGeneration()
    : Capability<SequenceDraw>(Verbs.Generate, $"it goes on for {nameof(SequenceDraw.Steps):setting} rows")
{
    protected override Answer Ask(TrainedModel model, SequenceDraw options, Request request)
    {
        SequentialSource source = SequentialSource.Of(model);
        MemoryNeed.RequireRows(
            options.Steps, Math.Max(source.Model.Observed, source.Model.Latent) + 1L, $"{nameof(SequenceDraw.Steps):setting}");
        double[] state = options.From is { } from ? source.StateAfter(source.Read(from, request.Selection)[0]) : [];
        TimeSeries drawn = source.Model.Generate(options.Steps, (ulong)options.Seed, options.Noise, state, source.Dt).Observations;
        TimeSeries sequence = new(drawn.Values.ToArray(), drawn.Dimension, drawn.Dt, model.Variables(drawn.Dimension));
        string path = request.Output ?? "generated.npy";
        SeriesFile.Write(path, sequence);
        bool finite = sequence.FindNonFinite() is null;
        return new(
            new JsonObject
            {
                ["file"] = path,
                ["rows"] = sequence.Length,
                ["columns"] = sequence.Dimension,
                ["finite"] = finite,
                ["seed"] = options.Seed,
                ["noise"] = KebabCase.Of(options.Noise),
            },
            $"{path}: {sequence.Length} rows{(finite ? "" : ", not finite from some row on: the orbit diverges")}"
            + $"\n  next: attractor evaluate {RunCommands.Quote(model.Path)}",
            finite);
    }
}
