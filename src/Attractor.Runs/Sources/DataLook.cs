using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Data;

namespace Attractor.Runs;

/// <summary>What a file of data holds: what was understood, and each variable's moments, gaps, rhythm and noise.</summary>
internal static class DataLook
{
    private const int Listed = 40;

    /// <summary>As lines to read.</summary>
    public static FormattableString Text(string file, DataReading reading)
    {
        List<string> lines = [""];
        string unit = reading.TimeUnit is { } known ? " " + known : "";
        lines.Add($"{"variable",-20}{"mean",12}{"deviation",12}{"least",12}{"most",12}{"missing",9}{"period",12}{"noise",9}");
        foreach (Variable variable in Variables(reading).Take(Listed))
        {
            string period = variable.Period is not { } rows ? "none"
                : reading.Dt is { } dt && double.IsFinite(rows * dt) ? string.Create(CultureInfo.InvariantCulture, $"{rows * dt:G4}{unit}")
                : string.Create(CultureInfo.InvariantCulture, $"{rows:G4} rows");
            string noise = variable.Noise is { } level ? level.ToString("G2", CultureInfo.InvariantCulture) : "none";
            lines.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{Short(variable.Name),-20}{variable.Mean,12:G5}{variable.Deviation,12:G5}{variable.Least,12:G5}{variable.Most,12:G5}"
                + $"{variable.Missing,9:N0}{period,12}{noise,9}"));
        }
        foreach (Variable variable in Variables(reading).Where(variable => variable.Infinite > 0).Take(Listed))
            lines.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"'{Short(variable.Name)}' is infinite in {variable.Infinite:N0} rows, which the other numbers leave out"));
        if (reading.Variables.Count > Listed)
            lines.Add($"... {reading.Variables.Count - Listed} more");
        string table = string.Join('\n', lines);
        return SettingSentence.Join(RecordingSource.Describe(file, reading), $"{table}");
    }

    /// <summary>For a program.</summary>
    /// <param name="file">The file.</param>
    /// <param name="reading">What was understood of it.</param>
    /// <param name="name">What settings are called.</param>
    public static JsonObject ToJson(string file, DataReading reading, Func<string, string> name)
    {
        JsonObject json = new() { ["file"] = file };
        foreach ((string key, JsonNode? value) in RecordingSource.ToJson(reading))
            json[key] = value?.DeepClone();
        json["summary"] = reading.Summary;
        json["notes"] = new JsonArray([.. reading.Notes.Select(note => (JsonNode?)SettingSentence.Render(note, name))]);
        json["statistics"] = new JsonArray([.. Variables(reading).Select(variable => new JsonObject
        {
            ["name"] = variable.Name,
            ["mean"] = Json.Number(variable.Mean),
            ["standard_deviation"] = Json.Number(variable.Deviation),
            ["minimum"] = Json.Number(variable.Least),
            ["maximum"] = Json.Number(variable.Most),
            ["missing"] = variable.Missing,
            ["infinite"] = variable.Infinite,
            ["dominant_period_rows"] = variable.Period is { } period ? Json.Number(period) : null,
            ["noise"] = variable.Noise is { } noise ? Json.Number(noise) : null,
        })]);
        return json;
    }

    private static IEnumerable<Variable> Variables(DataReading reading)
    {
        NoiseReduction? noise = NoiseReduction.Of(reading.Trials);
        for (int n = 0; n < reading.Variables.Count; n++)
        {
            double[] all = [.. reading.Trials.SelectMany(trial => trial.Column(n))], finite = [.. all.Where(double.IsFinite)];
            (double mean, double deviation) = Moments(finite);
            yield return new(
                reading.Variables[n],
                mean,
                deviation,
                finite.Length > 0 ? finite.Min() : double.NaN,
                finite.Length > 0 ? finite.Max() : double.NaN,
                all.Count(double.IsNaN),
                all.Count(double.IsInfinity),
                RecordingChecks.DominantPeriod(reading.Longest, n),
                noise?.Noise[n] is > 0 and var level ? level : null);
        }
    }

    private static (double Mean, double Deviation) Moments(double[] values)
    {
        if (values.Length == 0)
            return (double.NaN, double.NaN);
        double mean = values.Average(), deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        if (double.IsFinite(mean) && double.IsFinite(deviation))
            return (mean, deviation);
        // Sums and squares of values near the largest there are have no room; parts of them have.
        double scale = values.Max(Math.Abs);
        (mean, deviation) = Moments([.. values.Select(v => v / scale)]);
        return (mean * scale, deviation * scale);
    }

    private static string Short(string name) => name.Length > 19 ? name[..16] + "..." : name;

    private sealed record Variable(
        string Name, double Mean, double Deviation, double Least, double Most, int Missing, int Infinite, double? Period, double? Noise);
}
