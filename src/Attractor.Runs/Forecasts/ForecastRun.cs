using System.Globalization;
using System.Text;
using Attractor.Data;

namespace Attractor.Runs;

/// <summary>A forecast that was made of data and written: what a command says of it.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Recording">What the data are.</param>
/// <param name="Context">The rows that served.</param>
/// <param name="Forecast">What came out.</param>
internal sealed record ForecastRun(ForecastRequest Request, Recording Recording, TimeSeries Context, Forecast Forecast)
{
    // Of a system or a run that is asked for no number of rows.
    private const int SimulatedRows = 2000;

    private const string TimeName = "time";

    /// <summary>What is to be forecast from.</summary>
    public static (Recording Recording, TimeSeries Context) Read(ForecastRequest request)
    {
        Recording recording = Known(request);
        TimeSeries series = recording.Series;
        if (request.Context is { } rows && rows < series.Length)
            series = series.Slice(series.Length - rows, rows);
        if (series.FindNonFinite() is { Infinite: > 0 } found)
            throw new ArgumentException($"the data hold {found}: remove the infinite values");
        return (recording, series);
    }

    /// <summary>Forecasts and writes.</summary>
    public static ForecastRun Make(
        ForecastRequest request, Recording recording, TimeSeries context, CancellationToken cancellationToken)
    {
        MemoryNeed.RequireRows(request.Steps, 4 * context.Dimension, $"{nameof(request.Steps):setting}");
        Forecast forecast = Forecast.Of(context, request.Steps, request.Options, cancellationToken);
        if (request.Equations is not null && forecast.Equations is null)
            throw new ArithmeticException(
                "no equations were found whose orbits stay in the region of the data; ask for the forecast alone");
        ForecastRun run = new(request, recording, context, forecast);
        SeriesFile.Write(request.File, run.Timed(request.File, forecast.Orbit));
        if (request.Intervals is { } file)
            SeriesFile.Write(file, run.Timed(file, run.Ends()));
        if (request.Equations is { } equations)
        {
            byte[] text = Encoding.UTF8.GetBytes(forecast.Equations!.ToOde(run.LastWhole()));
            AtomicFile.Write(equations, stream => stream.Write(text));
        }
        if (request.Report is { } page)
            run.ToReport().Save(page);
        return run;
    }

    /// <summary>Whether time has a measure: else a row is one.</summary>
    public bool HasTime => Recording.Dt is not null;

    private static Recording Known(ForecastRequest request)
    {
        if (!SeriesSource.IsData(request.Source))
            return SeriesSource.Read(request.Source, request.Context ?? SimulatedRows, request.Dt, selection: request.Selection);
        DataReading reading = RecordingSource.Read(
            request.Source, (request.Selection ?? new()) with { Dt = SeriesSource.RequirePositive(request.Dt) });
        return new(reading.Longest, reading.Dt, reading, SettingSentence.Join(
            RecordingSource.Describe(request.Source, reading), RecordingSource.DescribeLongest(reading)));
    }

    private ReadOnlySpan<double> LastWhole()
    {
        int row = Context.Length - 1;
        while (row > 0 && Context.Row(row).ContainsAnyExceptInRange(double.MinValue, double.MaxValue))
            row--;
        return Context.Row(row);
    }

    // low and high of each variable, side by side.
    private TimeSeries Ends()
    {
        (TimeSeries low, TimeSeries high) = (Forecast.Interval.Low, Forecast.Interval.High);
        int n = low.Dimension;
        double[] values = new double[2 * low.Values.Length];
        for (int i = 0; i < low.Values.Length; i++)
            (values[2 * i], values[(2 * i) + 1]) = (low.Values[i], high.Values[i]);
        return new(values, 2 * n, low.Dt, [.. low.Names.SelectMany(name => new[] { name + "_low", name + "_high" })]);
    }

    // Times go on where the data have them, in files that name their columns.
    private TimeSeries Timed(string file, TimeSeries series)
    {
        if (Recording.Reading is not { Times: { } times } reading || !IsText(file))
            return series;
        double last = times.Last[reading.Trials.ToList().IndexOf(reading.Longest)];
        int n = series.Dimension;
        double[] values = new double[series.Length * (n + 1)];
        for (int t = 0; t < series.Length; t++)
        {
            // To the digits of a time: sums of steps have more.
            double time = last + ((t + 1) * times.Step);
            values[t * (n + 1)] = double.Parse(time.ToString("G15", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            series.Row(t).CopyTo(values.AsSpan((t * (n + 1)) + 1));
        }
        return new(values, n + 1, series.Dt, [times.AreDates ? TimeName + " [s]" : times.Column, .. series.Names]);
    }

    private static bool IsText(string file)
        => Path.GetExtension(file).ToLowerInvariant() is ".csv" or ".tsv";

    private Report ToReport() => ForecastReport.Of(this);
}
