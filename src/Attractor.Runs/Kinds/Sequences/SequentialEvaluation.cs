using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Evaluation;
using Attractor.Learning;

namespace Attractor.Runs;

/// <summary>Bounds on the log likelihood of sequences, and whether a long sample behaves like them.</summary>
internal sealed class SequentialEvaluation() : Capability<BoundOptions>(Verbs.Evaluate)
{
    protected override Answer Ask(TrainedModel model, BoundOptions options, Request request)
    {
        SequentialSource source = SequentialSource.Of(model);
        SequenceSet set = source.Read(request.Data, request.Selection);
        if (options.Samples < set.Count)
            set = new([.. set.Sequences.Take(options.Samples.Value)]);
        SequentialScores scores = SequentialScores.Of(source, set, options.Draws, (ulong)options.Seed, request.Token);
        return new Scores(ToJson(set, scores), ToText(model, set, scores));
    }

    private static string ToText(TrainedModel model, SequenceSet set, SequentialScores scores)
    {
        List<string> lines = [string.Create(CultureInfo.InvariantCulture, $"{set.Count:N0} sequences, {set.TotalSteps:N0} time steps")];
        foreach (SequenceLikelihood b in scores.Bounds)
            lines.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"log p(x) >= {b.ImportanceWeighted,8:F4} nats per time step, K = "
                + $"{b.Draws:N0}{(b.Draws == 1 ? $" (ELBO {b.Bound:F4} = {b.LogLikelihood:F4} - {b.Divergence:F4})" : "")}"));
        if (scores.Score is { } score)
        {
            lines.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"D_stsp {score.StateSpaceDivergence.Value:F3} (floor {score.StateSpaceDivergence.Floor:F3}), D_H "
                + $"{score.HellingerDistance.Value:F3} (floor {score.HellingerDistance.Floor:F3}) of a sample as long as the data"));
        }
        lines.Add($"  next: attractor report {RunCommands.Quote(model.Path)}");
        return string.Join('\n', lines);
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
