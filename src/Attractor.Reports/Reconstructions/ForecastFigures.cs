namespace Attractor.Reports;

/// <summary>The truth and a forecast from the same row, variable by variable, with the end of the valid forecast marked.</summary>
internal static class ForecastFigures
{
    private const int MostVariables = 3;

    public static IEnumerable<Element> Of(TimeSeries truth, TypicalForecast typical)
    {
        (int start, int validSteps, TimeSeries forecast) = typical;
        int length = forecast.Length;
        double[] time = [.. Enumerable.Range(0, length).Select(t => t * truth.Dt)];
        for (int n = 0; n < Math.Min(MostVariables, truth.Dimension); n++)
        {
            int variable = n;
            yield return new LineFigure(
                truth.Names[n], "", "time", truth.Names[n],
                [
                    new("true", "--true", time, [.. Enumerable.Range(0, length).Select(t => truth[start + t, variable])]),
                    new("forecast", "--generated", time, [.. Enumerable.Range(0, length).Select(t => forecast[t, variable])]),
                ])
            {
                Height = 220,
                Mark = validSteps < length ? (validSteps * truth.Dt, FormattableString.Invariant($"valid for {validSteps} steps")) : null,
            };
        }
    }
}
