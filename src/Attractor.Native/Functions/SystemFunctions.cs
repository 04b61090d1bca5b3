using System.Text.Json.Nodes;
using Attractor.Dynamics;
using Attractor.Runs;

namespace Attractor.Native;

/// <summary>Known systems, and the dynamics of systems and of trained models.</summary>
internal static class SystemFunctions
{
    /// <summary>The known systems.</summary>
    public static JsonObject Systems(NativeCall _) => new()
    {
        ["systems"] = new JsonArray([.. ListedSystem.All.Select(system => (JsonNode)new JsonObject
        {
            ["name"] = system.Name,
            ["kind"] = system.Kind,
            ["dimension"] = system.Dimension,
            ["title"] = system.Title,
            ["source"] = system.Source,
        })]),
    };

    /// <summary>An orbit of a known system, as <c>attractor simulate</c> writes it.</summary>
    public static JsonObject Simulate(NativeCall call)
    {
        SimulatedSystem system = SimulatedSystem.Find(call.RequiredWord("system"), call.Parameters());
        (TimeSeries series, double dt) = system.Make(
            call.Positive("steps", 10_000),
            call.Number("dt"),
            call.Number("transient"),
            call.Flag("standardize"),
            call.Number("noise") ?? 0,
            call.Whole("seed"));
        call.Output(series);
        return new() { ["system"] = system.Name, ["dt"] = dt, ["names"] = new JsonArray([.. series.Names.Select(n => (JsonNode?)n)]) };
    }

    /// <summary>Lyapunov exponents per step, and their errors, of a run, a known system or a file of equations.</summary>
    public static JsonObject Exponents(NativeCall call)
    {
        MapSource source = MapSource.Find(
            call.RequiredWord("subject"), call.Number("dt"), call.Parameters(), call.Number("tolerance") ?? 1e-9);
        int count = Math.Min(call.Positive("count", 1), source.Map.Dimension);
        int interval = call.Positive("interval", 1);
        LyapunovSpectrum found = Lyapunov.Estimate(
            source.Map,
            source.Start,
            call.Positive("steps", 100_000),
            call.Whole("transient") ?? Lyapunov.DefaultTransient,
            count,
            interval,
            null,
            call.Token);
        if (source.WhyNotFinite(found, interval) is { } reason)
            throw new ArithmeticException(reason);
        call.Output(found.Exponents);
        call.Output(found.StandardErrors);
        return new()
        {
            ["dt"] = source.Dt is { } step ? Json.Number(step) : null,
            ["dimension"] = source.Map.Dimension,
            ["kaplan_yorke_dimension"] = count == source.Map.Dimension
                ? Json.Number(Lyapunov.KaplanYorkeDimension(found.Exponents)) : null,
        };
    }
}
