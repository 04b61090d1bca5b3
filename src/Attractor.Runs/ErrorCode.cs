namespace Attractor.Runs;

/// <summary>What went wrong, in a word that programs may rely on; <c>docs/command-line.md</c> says what each means.</summary>
internal static class ErrorCode
{
    public const string Usage = "usage",
        Data = "data",
        NotFound = "not_found",
        Exists = "exists",
        File = "file",
        Memory = "memory",
        DiskFull = "disk_full",
        Download = "download",
        Diverged = "diverged",
        NotConverged = "not_converged",
        Verdict = "verdict",
        Failed = "failed",
        Fault = "fault",
        Cancelled = "cancelled";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Usage, Data, NotFound, Exists, File, Memory, DiskFull, Download, Diverged, NotConverged, Verdict, Failed, Fault, Cancelled
    ];
}
