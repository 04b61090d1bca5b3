using Attractor.Data;

namespace Attractor.Runs;

/// <summary>What files of data may be, for help: the formats that are known when it is asked for.</summary>
internal static class DataFiles
{
    /// <summary>Of one series or several.</summary>
    public static string Series => $"{One}, several trials as {Listed(trials: true)}";

    /// <summary>Of one series or table.</summary>
    public static string One => Listed(trials: false);

    /// <summary>What one series or table is written to.</summary>
    public static string Written => SeriesFormat.Listed(format => format is { CanWrite: true, HoldsTrials: false });

    private static string Listed(bool trials) => SeriesFormat.Listed(format => format.HoldsTrials == trials);
}
