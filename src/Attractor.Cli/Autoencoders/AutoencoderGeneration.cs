using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Cli.Runs;

namespace Attractor.Cli.Autoencoders;

/// <summary>What <c>attractor generate</c> does with a variational autoencoder.</summary>
internal static class AutoencoderGeneration
{
    /// <summary>Draws samples and writes them.</summary>
    /// <param name="source">The model.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="draw">Whether x is drawn too, instead of its mean.</param>
    /// <param name="output">The file, if named.</param>
    /// <param name="json">Whether to print JSON.</param>
    public static int Run(AutoencoderSource source, int count, long seed, bool draw, string? output, bool json)
    {
        if (count < 1)
            throw new ArgumentException($"--count must be positive, not {count}");
        if (seed < 0)
            throw new ArgumentException($"--seed must not be negative, not {seed}");
        float[] samples = source.Model.Sample(count, (ulong)seed, means: !draw);
        string path = RowsOutput.NameOf(output, "generated", source.Model);
        RowsOutput.Write(path, samples, source.Model);
        if (json)
            Json.Print(new JsonObject { ["file"] = path, ["count"] = count, ["columns"] = source.Model.Observed, ["seed"] = seed, ["drawn"] = draw });
        else
            Console.WriteLine($"{path}: {count} samples\n  next: attractor report {RunCommands.Quote(source.Source.Path)}");
        return 0;
    }
}
