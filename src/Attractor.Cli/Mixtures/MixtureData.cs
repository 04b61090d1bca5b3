using System.Globalization;
using Attractor.Cli.Runs;
using Attractor.Cli.Settings;
using Attractor.Data;

namespace Attractor.Cli.Mixtures;

/// <summary>What a mixture learns from.</summary>
/// <param name="Rows">The rows, in memory or on disk.</param>
/// <param name="Columns">Their columns, categories with their levels.</param>
/// <param name="Responsibilities">What to start from, if it is given.</param>
internal sealed record MixtureData(IRowSource Rows, IReadOnlyList<ColumnRequest> Columns, double[,]? Responsibilities) : TrainingData
{
    /// <summary>What the settings name.</summary>
    public static MixtureData Read(MixtureSettings settings, bool quiet, CancellationToken token)
    {
        IReadOnlyList<ColumnRequest> columns = settings.Columns();
        settings.RequireOptions();
        if (!settings.IsStochastic)
        {
            Table table = TableFile.Read(settings.Data, columns);
            return new(new SeriesRows(table.Values), table.Columns, settings.StartFile is { } file ? Start(file) : null);
        }
        RowStore store = RowStore.Create(settings.Data, columns, quiet ? null : new ReadingDisplay(settings.Data), token);
        return new(store, store.Columns, null);
    }

    public override void Dispose()
    {
        (Rows as IDisposable)?.Dispose();
        base.Dispose();
    }

    private static double[,] Start(string file)
    {
        if (!File.Exists(file) && !Directory.Exists(file))
            throw new FileNotFoundException($"--start takes k-means++, random or a file of responsibilities; there is no file {file}");
        TimeSeries series = SeriesFile.Read(file, 1);
        double[,] responsibilities = new double[series.Length, series.Dimension];
        for (int n = 0; n < series.Length; n++)
            for (int k = 0; k < series.Dimension; k++)
                responsibilities[n, k] = series[n, k];
        return responsibilities;
    }

    // Nothing of what is soon done.
    private sealed class ReadingDisplay(string file) : IProgress<TableProgress>
    {
        private const double Interval = 2;

        private double _next = Interval;

        public void Report(TableProgress value)
        {
            double seconds = value.Rows / Math.Max(1, value.RowsPerSecond);
            if (seconds < _next)
                return;
            _next = seconds + Interval;
            double left = value.Bytes > 0 ? seconds * (value.TotalBytes - value.Bytes) / value.Bytes : 0;
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)}: {value.Rows:N0} rows read, {value.RowsPerSecond:N0}/s, {left:F0} s left"));
        }
    }
}
