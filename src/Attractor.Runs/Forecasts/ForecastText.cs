using System.Globalization;
using Attractor.Forecasting;

namespace Attractor.Runs;

/// <summary>A forecast in words.</summary>
internal static class ForecastText
{
    public static IEnumerable<string> Lines(ForecastRun run)
    {
        Forecast forecast = run.Forecast;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{run.Request.File}: {forecast.Orbit.Length:N0} rows of {string.Join(", ", forecast.Orbit.Names.Take(6))}"
            + $"{(forecast.Orbit.Dimension > 6 ? ", ..." : "")} after {run.Context.Length:N0} of the context");
        yield return $"{Chosen(forecast)}: {forecast.Why}";
        foreach (string line in forecast.Lines)
            yield return "  " + line;
        yield return Expected(run);
        yield return forecast.Verdict.Sentence;
        yield return Row("candidate", "score", "error", "valid", "D_stsp", "D_H", "seconds") + "  setting";
        foreach (ForecastCandidateScore c in forecast.Candidates)
            yield return Row(c.Name, Number(c.Score), Number(c.Error), Number(c.ValidSteps), Number(c.Divergence), Number(c.Spectrum),
                c.Seconds.ToString("F2", CultureInfo.InvariantCulture)) + "  " + (c.Failure ?? c.Setting);
        yield return Row("floor", "", "", "", Number(forecast.Floors.Divergence), Number(forecast.Floors.Spectrum), "")
            + "  a half of the context from the other";
        yield return Row("surrogate", "", "", "", Number(forecast.Floors.Surrogate), "", "") + "  the phases of the context at random";
        if (run.Request.Intervals is { } intervals)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{intervals}: intervals of {100 * forecast.Interval.Coverage:G3} % of the values, calibrated for "
                + $"{forecast.Interval.CalibratedSteps:N0} steps");
        if (run.Request.Equations is { } file)
            yield return $"{file}: the identified equations\n  next: attractor simulate {RunCommands.Quote(file)} -o simulated.csv";
        if (run.Request.Report is { } report)
            yield return report;
    }

    /// <summary>Who forecasts, with its setting.</summary>
    public static string Chosen(Forecast forecast)
        => forecast.Setting.Length == 0 ? forecast.Chosen : $"{forecast.Chosen} ({forecast.Setting})";

    /// <summary>How long the forecast is expected to be valid.</summary>
    public static string Expected(ForecastRun run)
    {
        Forecast forecast = run.Forecast;
        if (double.IsNaN(forecast.ExpectedValidSteps))
            return "the context is too short to tell for how long the forecast is valid";
        string time = run.HasTime
            ? string.Create(CultureInfo.InvariantCulture, $" ({forecast.ExpectedValidSteps * run.Context.Dt:G4} units of time)")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"expected to be valid for {(forecast.ValidStepsAreLeast ? "at least " : "")}{forecast.ExpectedValidSteps:N0} steps{time}, as "
            + $"forecasts within the context are");
    }

    /// <summary>A number for a table; nothing of none.</summary>
    public static string Number(double value)
        => double.IsNaN(value) ? "" : double.IsInfinity(value) ? "out" : value.ToString("G3", CultureInfo.InvariantCulture);

    private static string Row(string name, params string[] cells)
        => string.Concat([name.PadRight(12), .. cells.Select(cell => cell.PadLeft(10))]);
}
