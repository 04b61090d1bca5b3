using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Data;

namespace Attractor.Runs;

/// <summary>The units of the data of a run, where its model is of standardised variables inside.</summary>
internal static class DataUnits
{
    private const int MostNamed = 4;

    private const string BeyondReckoning = "which is beyond reckoning: rescale it";

    // Squares of these, summed over many rows, are numbers still: of double precision, and of single precision.
    private const double Least = 1e-145, Most = 1e145, LeastSingle = 1e-16, MostSingle = 1e16;

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
        RequireReckonable(trials);
        if (rule is StandardizeRule.No)
            return null;
        Standardization units = Standardization.Of(trials);
        return rule is StandardizeRule.Yes || !(exactly ? IsIdentity(units) : units.IsNearIdentity) ? units : null;
    }

    /// <summary>The same of rows that need not be in memory.</summary>
    public static Standardization? OfRows(StandardizeRule rule, IRowSource rows)
    {
        for (int n = 0; n < rows.Names.Count; n++)
            Require(rows.Names[n], rows.Profiles[n].Minimum, rows.Profiles[n].Maximum, Least, Most, BeyondReckoning);
        if (rule is StandardizeRule.No)
            return null;
        Standardization units = Standardization.OfRows(rows);
        return rule is StandardizeRule.Yes || !units.IsNearIdentity ? units : null;
    }

    /// <summary>Refuses data that single precision cannot hold the squares of: a training would tell of its own overflows.</summary>
    /// <exception cref="ArgumentException">A variable is too large or too small; the message says which.</exception>
    public static void RequireSinglePrecision(IReadOnlyList<TimeSeries> trials)
        => Require(trials, LeastSingle, MostSingle, "which single precision cannot reckon with: rescale it, or let it be standardised");

    /// <summary>Refuses data whose variance is 0 or infinite though they differ: whatever is told of them would be untrue.</summary>
    /// <exception cref="ArgumentException">A variable is too large or too small; the message says which.</exception>
    public static void RequireReckonable(IReadOnlyList<TimeSeries> trials)
        => Require(trials, Least, Most, BeyondReckoning);

    private static void Require(IReadOnlyList<TimeSeries> trials, double least, double most, string fault)
    {
        for (int n = 0; n < trials[0].Dimension; n++)
        {
            double minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
            foreach (TimeSeries trial in trials)
                for (int t = 0; t < trial.Length; t++)
                    if (trial[t, n] is var value && !double.IsNaN(value))
                        (minimum, maximum) = (Math.Min(minimum, value), Math.Max(maximum, value));
            // Those who check the data speak of infinite values.
            if (double.IsInfinity(minimum) || double.IsInfinity(maximum))
                return;
            Require(trials[0].Names[n], minimum, maximum, least, most, fault);
        }
    }

    private static void Require(string name, double minimum, double maximum, double least, double most, string fault)
    {
        // A variable of zeros is constant, not too small.
        double largest = Math.Max(Math.Abs(minimum), Math.Abs(maximum));
        if (maximum > minimum && (largest > most || maximum - minimum < least))
            throw new ArgumentException(FormattableString.Invariant(
                $"the variable '{name}' goes from {minimum:G6} to {maximum:G6}, ") + fault);
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
