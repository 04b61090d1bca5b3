using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Data;

namespace Attractor.Runs;

/// <summary>The units of the data of a run, where its model is of standardised variables inside.</summary>
internal static class DataUnits
{
    private const int MostNamed = 4;

    /// <summary>The standardisation that a rule asks for; null for none.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="trials">What is trained on.</param>
    /// <param name="exactly">
    /// Whether data of order one are not near enough: where losses are bounds in the units of the data, these are the same either way, and
    /// should be so for the same data in other units.
    /// </param>
    public static Standardization? Of(StandardizeRule rule, IReadOnlyList<TimeSeries> trials, bool exactly = false)
    {
        // Those who check the data say it better.
        bool sound = trials.All(t => t.Dimension == trials[0].Dimension && t.FindNonFinite() is not { Infinite: > 0 });
        if (!sound)
            return null;
        ReckonableData.Require(trials);
        if (rule is StandardizeRule.No)
            return null;
        Standardization units = Standardization.Of(trials);
        return rule is StandardizeRule.Yes || !(exactly ? IsIdentity(units) : units.IsNearIdentity) ? units : null;
    }

    /// <summary>The same of rows that need not be in memory.</summary>
    public static Standardization? OfRows(StandardizeRule rule, IRowSource rows, bool exactly = false)
    {
        for (int n = 0; n < rows.Names.Count; n++)
            ReckonableData.Require(rows.Names[n], rows.Profiles[n].Minimum, rows.Profiles[n].Maximum);
        if (rule is StandardizeRule.No)
            return null;
        Standardization units = Standardization.OfRows(rows);
        return rule is StandardizeRule.Yes || !(exactly ? IsIdentity(units) : units.IsNearIdentity) ? units : null;
    }

    // To two digits or so: the variables of data that somebody standardised, or of a part of them.
    private static bool IsIdentity(Standardization units)
        => units.Mean.All(m => Math.Abs(m) <= 0.2) && units.Scale.All(s => s is >= 0.8 and <= 1.25);

    /// <summary>The rule as it was applied.</summary>
    public static StandardizeRule Rule(Standardization? units) => units is null ? StandardizeRule.No : StandardizeRule.Yes;

    /// <summary>The data in standardised variables, or as they are.</summary>
    public static IReadOnlyList<TimeSeries> Apply(Standardization? units, IReadOnlyList<TimeSeries> trials)
        => units is null ? trials : [.. trials.Select(units.Apply)];

    /// <summary>Adds what was done; nothing where nothing was.</summary>
    public static void AddTo(JsonObject json, Standardization? units, string key = "standardization")
    {
        if (units is not null)
            json[key] = new JsonObject
            {
                ["mean"] = new JsonArray([.. units.Mean.Select(Json.Number)]),
                ["scale"] = new JsonArray([.. units.Scale.Select(Json.Number)]),
            };
    }

    /// <summary>A line that says what was done, after a line break; empty where nothing was.</summary>
    /// <param name="units">The units.</param>
    /// <param name="loss">What the losses are in, such as " (losses in standardised units)".</param>
    public static string Line(Standardization? units, string loss = "")
        => units is null ? "" : $"\n  standardised inside: mean {Numbers(units.Mean)}, scale {Numbers(units.Scale)}{loss}";

    private static string Numbers(IReadOnlyList<double> values)
        => string.Join(' ', values.Take(MostNamed).Select(v => v.ToString("G4", CultureInfo.InvariantCulture)))
            + (values.Count > MostNamed ? " .." : "");
}
