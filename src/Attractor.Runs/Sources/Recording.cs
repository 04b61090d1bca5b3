using System.Text.Json.Nodes;
using Attractor.Data;

namespace Attractor.Runs;

/// <summary>A recording that an estimator takes.</summary>
/// <param name="Series">The rows.</param>
/// <param name="Dt">Time between two of them, if it is known.</param>
/// <param name="Reading">What was understood of its file; null of one that was simulated.</param>
/// <param name="Sentence">The same in a line.</param>
internal sealed record Recording(TimeSeries Series, double? Dt, DataReading? Reading, FormattableString? Sentence)
{
    /// <summary>All trials of its file; of one that was simulated the rows alone.</summary>
    public IReadOnlyList<TimeSeries> Trials => Reading?.Trials ?? [Series];

    /// <summary>What was understood, with stable keys; null of one that was simulated.</summary>
    /// <param name="name">What settings are called.</param>
    public JsonObject? ToJson(Func<string, string> name)
    {
        if (Reading is null || Sentence is null)
            return null;
        JsonObject json = RecordingSource.ToJson(Reading);
        json["sentence"] = SettingSentence.Render(Sentence, name);
        return json;
    }
}
