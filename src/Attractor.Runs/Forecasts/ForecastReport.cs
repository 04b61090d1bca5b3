using System.Globalization;
using Attractor.Forecasting;
using Attractor.Reports;

namespace Attractor.Runs;

/// <summary>The page of a forecast: over time, as an attractor, and who else there was.</summary>
internal static class ForecastReport
{
    public static Report Of(ForecastRun run)
    {
        Forecast forecast = run.Forecast;
        ForecastInterval interval = forecast.Interval;
        List<Section> sections =
        [
            new("What follows", [new Conclusion(forecast.Verdict.Sentence), new Paragraph(forecast.Why), new Paragraph(Sentence(run)),
                .. ContinuationFigures.OverTime(
                    run.Context, forecast.Orbit, interval.Low, interval.High, ShownSteps(forecast), interval.Coverage)]),
            new("The attractor", [.. ContinuationFigures.Attractor(run.Context, forecast.Orbit)]),
        ];
        if (forecast.Lines.Count > 0)
            sections.Add(new("The equations", [new CommandList([("As identified", string.Join('\n', forecast.Lines))])]));
        sections.Add(new("The candidates", [Table(forecast), new Paragraph(
            "Score: the product of the error, of D_stsp and of D_H, the latter two in units of their floors and at least 1; the lowest is "
            + "chosen. Error and valid steps: of forecasts from rows of the tail of the context, in standard deviations, by fits to the "
            + "rows before it. D_stsp and D_H: of free runs beside the context.")]));
        return new(
            $"A forecast of {Path.GetFileName(run.Request.Source)}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{forecast.Orbit.Length:N0} steps after {run.Context.Length:N0} rows of {run.Context.Dimension} variables, by "
                + $"{ForecastText.Chosen(forecast)}."),
            sections);
    }

    private static string Sentence(ForecastRun run)
    {
        string expected = ForecastText.Expected(run);
        return string.Concat(char.ToUpperInvariant(expected[0]).ToString(), expected.AsSpan(1), ".");
    }

    private static int ShownSteps(Forecast forecast)
    {
        double valid = double.IsNaN(forecast.ExpectedValidSteps) ? 0 : forecast.ExpectedValidSteps;
        return Math.Min(forecast.Orbit.Length, (int)Math.Clamp(2 * valid, 100, 1000));
    }

    private static TableElement Table(Forecast forecast) => new(
        ["Candidate", "Score#", "Error#", "Valid steps#", "D_stsp#", "D_H#", "Seconds#", "Setting"],
        [
            .. forecast.Candidates.Select(c => (IReadOnlyList<string>)
            [
                c.Name, ForecastText.Number(c.Score), ForecastText.Number(c.Error), ForecastText.Number(c.ValidSteps),
                ForecastText.Number(c.Divergence), ForecastText.Number(c.Spectrum),
                c.Seconds.ToString("F2", CultureInfo.InvariantCulture), c.Failure ?? c.Setting
            ]),
            ["floor", "", "", "", ForecastText.Number(forecast.Floors.Divergence), ForecastText.Number(forecast.Floors.Spectrum), "", ""],
            ["surrogate", "", "", "", ForecastText.Number(forecast.Floors.Surrogate), "", "", ""],
        ]);
}
