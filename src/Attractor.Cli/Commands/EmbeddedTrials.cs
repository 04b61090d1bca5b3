using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary>The delay coordinates of every trial: none reaches from one into another.</summary>
/// <param name="Names">What the trials are called.</param>
/// <param name="Trials">The embedded series of each.</param>
/// <param name="TooShort">Trials that are shorter than a row of coordinates.</param>
internal sealed record EmbeddedTrials(IReadOnlyList<string> Names, IReadOnlyList<TimeSeries> Trials, int TooShort)
{
    private const string Column = "trial";

    /// <summary>Rows of all.</summary>
    public long Rows => Trials.Sum(trial => (long)trial.Length);

    /// <summary>What became of several trials; null of one.</summary>
    public string? Sentence
    {
        get
        {
            if (Trials.Count == 1 && TooShort == 0)
                return null;
            string left = TooShort == 0 ? ""
                : $"; {TooShort} {(TooShort == 1 ? "is" : "are")} shorter than a row of coordinates and left out";
            return string.Create(CultureInfo.InvariantCulture, $"{Trials.Count} trials embedded, {Rows:N0} rows{left}");
        }
    }

    /// <exception cref="ArgumentException">Every trial is too short.</exception>
    public static EmbeddedTrials Of(Recording recording, int dimension, int delay, int variable)
    {
        IReadOnlyList<string> names = recording.Reading?.TrialNames ?? ["1"];
        int[] kept = [.. Enumerable.Range(0, recording.Trials.Count).Where(
            i => recording.Trials[i].Length > (dimension - 1L) * delay || recording.Trials.Count == 1)];
        if (kept.Length == 0)
            kept = [0];
        return new(
            [.. kept.Select(i => names[i])],
            [.. kept.Select(i => DelayEmbedding.Of(recording.Trials[i], dimension, delay, variable))],
            recording.Trials.Count - kept.Length);
    }

    /// <summary>Writes a list of trials where the format has one, else a table with a column of trials, numbered from 1.</summary>
    public void Write(string file)
    {
        if (Trials.Count == 1 && TooShort == 0)
            SeriesFile.Write(file, Trials[0]);
        else if (SeriesFormat.Find(file) is { HoldsTrials: true })
            SeriesFile.WriteTrials(file, Trials);
        else
            SeriesFile.Write(file, Table());
    }

    /// <summary>Each trial with its rows; null of a single one.</summary>
    public JsonArray? ToJson() => Sentence is null ? null : new(
        [.. Trials.Select((trial, i) => (JsonNode)new JsonObject { ["trial"] = Names[i], ["rows"] = trial.Length })]);

    private TimeSeries Table()
    {
        int columns = Trials[0].Dimension + 1;
        double[] values = new double[Rows * columns];
        int at = 0;
        for (int k = 0; k < Trials.Count; k++)
            for (int t = 0; t < Trials[k].Length; t++, at += columns)
            {
                values[at] = k + 1;
                Trials[k].Row(t).CopyTo(values.AsSpan(at + 1));
            }
        return new(values, columns, Trials[0].Dt, [Column, .. Trials[0].Names]);
    }
}
