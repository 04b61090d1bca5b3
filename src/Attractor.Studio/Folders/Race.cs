using Attractor.Runs;

namespace Attractor.Studio.Folders;

/// <summary>The candidates of a race, the best first.</summary>
internal static class Race
{
    /// <summary>As far as it is known; none of a run without a race.</summary>
    public static IReadOnlyList<(string Name, int Round, double Score)> Of(string run)
    {
        try
        {
            return RaceRecord.Read(run) is { } record
                ? [.. record.Ranked.Select(r => (r.Name, r.Round, r.Score)).OrderBy(r => r.Score)]
                : [];
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
