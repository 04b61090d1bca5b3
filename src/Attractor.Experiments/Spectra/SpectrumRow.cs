using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Dynamics;
using Attractor.Runs;
using Attractor.Systems;

namespace Attractor.Experiments;

/// <summary>A row of the table of Lyapunov spectra.</summary>
/// <param name="System">The system.</param>
/// <param name="Spectrum">Its spectrum; null if there is none.</param>
/// <param name="Failure">Why there is none.</param>
internal sealed record SpectrumRow(SystemDefinition System, CertifiedSpectrum? Spectrum, string? Failure)
{
    private const int MostExponents = 10;

    public bool Certified => Spectrum is { } s && s.Identities.All(i => i.Holds);

    /// <summary>The reported largest exponent over the one found, of a chaotic system.</summary>
    public double? Ratio => Spectrum is { IsChaotic: true } s && System.ReportedExponent is { } reported ? reported / s.Exponents[0] : null;

    public override string ToString() => Spectrum is { } s
        ? $"{System.Name} {string.Join(", ", s.Exponents.Take(3).Select(Short))}{(Certified ? "" : "; " + Failed(s))}"
        : $"{System.Name}: {Failure}";

    public string ToMarkdown()
    {
        string reported = System.ReportedExponent is { } r ? Short(r) : "";
        if (Spectrum is not { } s)
            return $"| {System.Name} | {System.Dimension} | | | {reported} | {Failure} |";
        string exponents = string.Join(", ", s.Exponents.Take(MostExponents).Zip(s.StandardErrors, WithError))
            + (s.Exponents.Length > MostExponents ? ", ..." : "");
        string nature = s.IsChaotic ? "" : s.IsEquilibrium ? "; an equilibrium" : "; not chaotic";
        string identities = Certified ? string.Join(", ", s.Identities.Select(i => i.Name)) : Failed(s);
        return $"| {System.Name} | {System.Dimension} | {exponents} | "
            + $"{s.KaplanYorkeDimension.ToString("F3", CultureInfo.InvariantCulture)} | {reported} | {identities}{nature} |";
    }

    public JsonObject ToJson()
    {
        JsonObject json = new()
        {
            ["name"] = System.Name,
            ["kind"] = System.Kind.ToString().ToLowerInvariant(),
            ["dimension"] = System.Dimension,
        };
        if (Spectrum is not { } s)
        {
            json["failure"] = Failure;
            return json;
        }
        json["exponents"] = new JsonArray([.. s.Exponents.Select(Json.Number)]);
        json["standard_errors"] = new JsonArray([.. s.StandardErrors.Select(Json.Number)]);
        json["kaplan_yorke_dimension"] = Json.Number(s.KaplanYorkeDimension);
        json["mean_trace"] = Json.Number(s.MeanTrace);
        json["length"] = Json.Number(s.Length);
        json["chaotic"] = s.IsChaotic;
        json["equilibrium"] = s.IsEquilibrium;
        json["reported_max"] = System.ReportedExponent is { } reported ? Json.Number(reported) : null;
        json["identities"] = new JsonObject([.. s.Identities.Select(i => KeyValuePair.Create(i.Name, (JsonNode?)new JsonObject
        {
            ["holds"] = i.Holds,
            ["deviation"] = Json.Number(i.Deviation),
            ["tolerance"] = Json.Number(i.Tolerance),
        }))]);
        json["certified"] = Certified;
        return json;
    }

    private static string Failed(CertifiedSpectrum s)
        => string.Join(", ", s.Identities.Where(i => !i.Holds).Select(
            i => string.Create(CultureInfo.InvariantCulture, $"**{i.Name} fails** by {i.Deviation:0.0e0} (allowed {i.Tolerance:0.0e0})")));

    private static string Short(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>The value with as many digits as its error allows, and the error in units of the last: 0.9057(12).</summary>
    private static string WithError(double value, double error)
    {
        if (!(error > 0) || !double.IsFinite(value))
            return value.ToString("G6", CultureInfo.InvariantCulture);
        int digits = Math.Clamp(1 - (int)Math.Floor(Math.Log10(error)), 0, 12);
        string format = string.Create(CultureInfo.InvariantCulture, $"F{digits}");
        string rounded = Math.Round(value, digits).ToString(format, CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{rounded}({Math.Round(error * Math.Pow(10, digits)):F0})");
    }
}
