using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Cli.Autoencoders;
using Attractor.Cli.Output;
using Attractor.Cli.Runs;
using Attractor.Data;
using Attractor.Evaluation;
using Attractor.Learning;

namespace Attractor.Cli.Sequences;

/// <summary>What <c>attractor evaluate</c> does with a sequential variational autoencoder.</summary>
internal static class SequentialEvaluation
{
    /// <summary>Evaluates on sequences.</summary>
    /// <param name="source">The model.</param>
    /// <param name="data">The sequences; null for those of its run.</param>
    /// <param name="draws">Numbers of importance samples between commas.</param>
    /// <param name="samples">How many sequences, from the first on; null for all.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="json">Whether to print JSON.</param>
    /// <param name="token">Cancels.</param>
    public static int Run(SequentialSource source, string? data, string draws, int? samples, long seed, bool json, CancellationToken token)
    {
        int[] numbers = AutoencoderEvaluation.Numbers(draws);
        if (samples is < 1)
            throw new ArgumentException($"--samples must be positive, not {samples}");
        if (seed < 0)
            throw new ArgumentException($"--seed must not be negative, not {seed}");
        SequenceSet set = source.Read(data);
        if (samples < set.Count)
            set = new([.. set.Sequences.Take(samples.Value)]);
        SequentialScores scores = SequentialScores.Of(source, set, numbers, (ulong)seed, token);
        if (json)
            Json.Print(ToJson(set, scores));
        else
            Print(source, set, scores);
        return 0;
    }

    private static void Print(SequentialSource source, SequenceSet set, SequentialScores scores)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{set.Count:N0} sequences, {set.TotalSteps:N0} time steps"));
        foreach (SequenceLikelihood b in scores.Bounds)
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"log p(x) >= {b.ImportanceWeighted,8:F4} nats per time step, K = {b.Draws:N0}{(b.Draws == 1 ? $" (ELBO {b.Bound:F4} = {b.LogLikelihood:F4} - {b.Divergence:F4})" : "")}"));
        if (scores.Score is { } score)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"D_stsp {score.StateSpaceDivergence.Value:F3} (floor {score.StateSpaceDivergence.Floor:F3}), D_H {score.HellingerDistance.Value:F3} (floor {score.HellingerDistance.Floor:F3}) of a sample as long as the data"));
        }
        Console.WriteLine($"  next: attractor report {RunCommands.Quote(source.Source.Path)}");
    }

    private static JsonObject ToJson(SequenceSet set, SequentialScores scores)
    {
        JsonObject json = new()
        {
            ["sequences"] = set.Count,
            ["steps"] = set.TotalSteps,
            ["bounds"] = new JsonArray([.. scores.Bounds.Select(b => new JsonObject
            {
                ["draws"] = b.Draws,
                ["log_likelihood_bound"] = Json.Number(b.ImportanceWeighted),
                ["elbo"] = Json.Number(b.Bound),
                ["reconstruction"] = Json.Number(-b.LogLikelihood),
                ["divergence"] = Json.Number(b.Divergence),
            })]),
        };
        if (scores.Score is { } score)
        {
            Add(json, "d_stsp", score.StateSpaceDivergence);
            Add(json, "d_hellinger", score.HellingerDistance);
        }
        return json;
    }

    private static void Add(JsonObject json, string name, Score score)
    {
        json[name] = Json.Number(score.Value);
        json[name + "_floor"] = Json.Number(score.Floor);
    }
}
