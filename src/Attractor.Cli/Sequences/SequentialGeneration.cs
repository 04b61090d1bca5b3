using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Cli.Runs;
using Attractor.Data;
using Attractor.Models;

namespace Attractor.Cli.Sequences;

/// <summary>What <c>attractor generate</c> and <c>attractor reconstruct</c> do with a sequential variational autoencoder.</summary>
internal static class SequentialGeneration
{
    /// <summary>Draws one sequence and writes it.</summary>
    /// <param name="source">The model.</param>
    /// <param name="steps">Its rows.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="noise">What is random: full, latent or none.</param>
    /// <param name="from">A series after whose end it goes on; null for a first state drawn from the prior.</param>
    /// <param name="output">The file, if named.</param>
    /// <param name="json">Whether to print JSON.</param>
    public static int Generate(SequentialSource source, int steps, long seed, string noise, string? from, string? output, bool json)
    {
        GenerationNoise kind = KebabCase.Find<GenerationNoise>(noise)
            ?? throw new ArgumentException($"--noise takes one of {string.Join(", ", KebabCase.All<GenerationNoise>())}, not {noise}{(NearestMatch.Find(noise, KebabCase.All<GenerationNoise>()) is { } match ? $"; did you mean {match}?" : "")}");
        if (seed < 0)
            throw new ArgumentException($"--seed must not be negative, not {seed}");
        double[] state = from is null ? [] : source.StateAfter(source.Read(from)[0]);
        TimeSeries sequence = source.Model.Generate(steps, (ulong)seed, kind, state, source.Dt).Observations;
        string path = output ?? "generated.npy";
        SeriesFile.Write(path, sequence);
        bool finite = sequence.FindNonFinite() is null;
        if (json)
            Json.Print(new JsonObject { ["file"] = path, ["rows"] = sequence.Length, ["columns"] = sequence.Dimension, ["finite"] = finite, ["seed"] = seed, ["noise"] = noise });
        else
            Console.WriteLine($"{path}: {sequence.Length} rows{(finite ? "" : ", not finite from some row on: the orbit diverges")}\n  next: attractor evaluate {RunCommands.Quote(source.Source.Path)}");
        return finite ? 0 : 1;
    }

    /// <summary>Encodes and decodes sequences and writes what comes back: one as .npy or .csv, several as .npz.</summary>
    /// <param name="source">The model.</param>
    /// <param name="data">The sequences; null for those of the run.</param>
    /// <param name="count">How many of them.</param>
    /// <param name="output">The file, if named.</param>
    /// <param name="json">Whether to print JSON.</param>
    public static int Reconstruct(SequentialSource source, string? data, int count, string? output, bool json)
    {
        SequenceSet set = source.Read(data);
        TimeSeries[] originals = [.. set.Sequences.Take(count)], results = [.. originals.Select(source.Model.Reconstruct)];
        double error = 0;
        long present = 0;
        for (int s = 0; s < originals.Length; s++)
            for (int i = 0; i < originals[s].Values.Length; i++)
            {
                double difference = results[s].Values[i] - originals[s].Values[i];
                if (double.IsNaN(difference))
                    continue;
                error += difference * difference;
                present++;
            }
        error /= Math.Max(1, present);
        string path = output ?? (results.Length == 1 ? "reconstructions.npy" : "reconstructions.npz");
        if (results.Length > 1 || Path.GetExtension(path).Equals(".npz", StringComparison.OrdinalIgnoreCase))
            SeriesFile.WriteTrials(path, results);
        else
            SeriesFile.Write(path, results[0]);
        if (json)
            Json.Print(new JsonObject { ["file"] = path, ["count"] = results.Length, ["mean_squared_error"] = Json.Number(error) });
        else
            Console.WriteLine(FormattableString.Invariant($"{path}: {results.Length} reconstructions, mean squared error {error:G4}"));
        return 0;
    }
}
