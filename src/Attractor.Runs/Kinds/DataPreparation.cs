using System.Text.Json.Nodes;
using Attractor.Data;

namespace Attractor.Runs;

/// <summary>What is done to series before a model of <see cref="SmoothedSettings"/> learns from them.</summary>
/// <param name="Units">Those of the data; null where the model takes them as they are.</param>
/// <param name="Noise">What is smoothed away, in the units of the model; null for nothing.</param>
internal sealed record DataPreparation(Standardization? Units, NoiseReduction? Noise)
{
    /// <summary>The rule of the units as it was applied.</summary>
    public StandardizeRule Rule => DataUnits.Rule(Units);

    /// <summary>Lines that say what was done, each after a line break; empty where nothing was.</summary>
    public string Lines => DataUnits.Line(Units, " (losses in standardised units)") + DataNoise.Line(Noise, Units);

    /// <summary>What settings ask for, and the series as the model learns them.</summary>
    public static (DataPreparation Done, IReadOnlyList<TimeSeries> Trials) Of(SmoothedSettings settings, IReadOnlyList<TimeSeries> trials)
    {
        Standardization? units = DataUnits.Of(settings.Standardize, trials);
        trials = DataUnits.Apply(units, trials);
        NoiseReduction? noise = DataNoise.Of(settings.Smooth, trials);
        return (new(units, noise), DataNoise.Apply(noise, trials));
    }

    /// <summary>Adds what was done; nothing where nothing was.</summary>
    public void AddTo(JsonObject json)
    {
        DataUnits.AddTo(json, Units);
        DataNoise.AddTo(json, Noise);
    }
}
