using System.Runtime.InteropServices;
using Attractor.Data;

namespace Attractor.Runs;

/// <summary>What a mixture learns from.</summary>
/// <param name="Rows">The rows, in memory or on disk.</param>
/// <param name="Columns">Their columns, categories with their levels.</param>
/// <param name="Responsibilities">What to start from, if it is given.</param>
internal sealed record MixtureData(IRowSource Rows, IReadOnlyList<ColumnRequest> Columns, double[,]? Responsibilities) : TrainingData
{
    /// <summary>What the settings name.</summary>
    public static MixtureData Read(MixtureSettings settings, IProgress<TableProgress>? progress, CancellationToken token)
    {
        IReadOnlyList<ColumnRequest> columns = settings.Requests();
        // Nobody should wait for data to be read before he hears of settings that do not go together.
        _ = settings.IsStochastic ? settings.ToStochasticOptions().Seed : settings.ToOptions(null).Seed;
        if (!settings.IsStochastic)
        {
            Table table = TableFile.Read(settings.Data, columns);
            return new(new SeriesRows(table.Values), table.Columns, settings.StartFile is { } file ? Start(file) : null);
        }
        RowStore store = RowStore.Create(settings.Data, columns, progress, token);
        return new(store, store.Columns, null);
    }

    protected override bool AddTo(ValueHash hash)
    {
        hash.Add(Rows);
        if (Responsibilities is { } start)
            hash.Add(MemoryMarshal.CreateReadOnlySpan(ref start[0, 0], start.Length));
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            (Rows as IDisposable)?.Dispose();
        base.Dispose(disposing);
    }

    private static double[,] Start(string file)
    {
        if (!File.Exists(file) && !Directory.Exists(file))
            throw new SettingException(
                $"{nameof(MixtureSettings.Start):setting} takes k-means++, random or a file of responsibilities; there is no file {file}");
        TimeSeries series = SeriesFile.Read(file, 1);
        double[,] responsibilities = new double[series.Length, series.Dimension];
        for (int n = 0; n < series.Length; n++)
            for (int k = 0; k < series.Dimension; k++)
                responsibilities[n, k] = series[n, k];
        return responsibilities;
    }
}
