using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Evaluation;

namespace Attractor.Runs;

/// <summary>What a perfect model would score on one of several trials.</summary>
/// <param name="Name">The trial's.</param>
/// <param name="Rows">T_k.</param>
/// <param name="Floor">Its floor; null of a trial that is left out.</param>
/// <param name="LeftOut">Why it is left out; null if it is not.</param>
internal sealed record TrialFloor(string Name, int Rows, DataFloor? Floor, string? LeftOut)
{
    /// <summary>Those of all trials, each by itself; none of a single recording.</summary>
    public static IReadOnlyList<TrialFloor> Of(DataReading? reading, EvaluationOptions options, CancellationToken cancellationToken)
        => reading is not { Trials.Count: > 1 }
            ? []
            : [.. reading.Trials.Select((trial, i) => Of(reading.TrialNames[i], trial, options, cancellationToken))];

    /// <summary>With stable keys.</summary>
    public JsonObject ToJson()
    {
        JsonObject json = new() { ["name"] = Name, ["rows"] = Rows };
        if (Floor is { } floor)
            foreach (ScoreEntry score in floor.Scores)
                json[score.Key + "_floor"] = score.Floor is { } known ? Json.Number(known) : null;
        else
            json["left_out"] = LeftOut;
        return json;
    }

    private static TrialFloor Of(string name, TimeSeries trial, EvaluationOptions options, CancellationToken cancellationToken)
    {
        string? why = DataFloor.WhyNot(trial);
        return new(name, trial.Length, why is null ? DataFloor.Of(trial, options, cancellationToken) : null, why);
    }
}
