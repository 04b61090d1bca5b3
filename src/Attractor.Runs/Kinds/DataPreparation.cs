using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Attractor.Data;

namespace Attractor.Runs;

/// <summary>What is done to series before a model of <see cref="SmoothedSettings"/> learns from them.</summary>
/// <param name="Units">Those of the data; null where the model takes them as they are.</param>
/// <param name="Noise">What is smoothed away, in the units of the model; null for nothing.</param>
internal sealed record DataPreparation(Standardization? Units, NoiseReduction? Noise)
{
    // The candidates of a race are prepared from the same series: to tell noise from dynamics takes a good part of a second.
    private static readonly
        ConditionalWeakTable<IReadOnlyList<TimeSeries>, ConcurrentDictionary<(StandardizeRule, SmoothingRule), Prepared>> s_known = [];

    /// <summary>Those of external inputs: standardised where the data are, and both where either needs it.</summary>
    public Standardization? InputUnits { get; init; }

    /// <summary>The rule of the units as it was applied.</summary>
    public StandardizeRule Rule => DataUnits.Rule(Units);

    /// <summary>Lines that say what was done, each after a line break; empty where nothing was.</summary>
    public string Lines => DataUnits.Line(Units, " (losses in standardised units)")
        + DataUnits.Line(InputUnits, ", of the inputs") + DataNoise.Line(Noise, Units);

    /// <summary>What settings ask for, and the series as the model learns them.</summary>
    public static (DataPreparation Done, IReadOnlyList<TimeSeries> Trials) Of(SmoothedSettings settings, IReadOnlyList<TimeSeries> trials)
    {
        Prepared prepared = s_known
            .GetValue(trials, _ => new())
            .GetOrAdd((settings.Standardize, settings.Smooth), rules => Prepare(rules.Item1, rules.Item2, trials));
        return (prepared.Done, prepared.Trials);
    }

    private static Prepared Prepare(StandardizeRule standardize, SmoothingRule smooth, IReadOnlyList<TimeSeries> trials)
    {
        TimeSeries[] inputs = [.. trials.Select(t => t.Inputs).OfType<TimeSeries>()];
        // One rule for both, as a run that is taken up again or repeated knows one.
        if (standardize is StandardizeRule.Auto && inputs.Length > 0 && DataUnits.Of(standardize, inputs) is not null)
            standardize = StandardizeRule.Yes;
        Standardization? units = DataUnits.Of(standardize, trials);
        Standardization? inputUnits = units is not null && inputs.Length > 0 ? DataUnits.Of(StandardizeRule.Yes, inputs) : null;
        trials = DataUnits.Apply(units, trials);
        NoiseReduction? noise = DataNoise.Of(smooth, trials);
        return new(new(units, noise) { InputUnits = inputUnits }, DataNoise.Apply(noise, trials));
    }

    /// <summary>Adds what was done; nothing where nothing was.</summary>
    public void AddTo(JsonObject json)
    {
        DataUnits.AddTo(json, Units);
        DataUnits.AddTo(json, InputUnits, "input_standardization");
        DataNoise.AddTo(json, Noise);
    }

    private sealed record Prepared(DataPreparation Done, IReadOnlyList<TimeSeries> Trials);
}
