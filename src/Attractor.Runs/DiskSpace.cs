namespace Attractor.Runs;

/// <summary>How the platform says that a disk has no space left.</summary>
internal static class DiskSpace
{
    // ENOSPC and EDQUOT of Linux and of macOS, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL of Windows.
    private const int NoSpace = 28, LinuxQuota = 122, MacQuota = 69, WindowsFull = unchecked((int)0x80070070),
        WindowsHandleFull = unchecked((int)0x80070027);

    /// <summary>Whether an exception says so, or what it wraps.</summary>
    public static bool IsFull(Exception? e)
        => e is not null
            && (e.HResult is NoSpace or LinuxQuota or MacQuota or WindowsFull or WindowsHandleFull
                || e.Message.Contains("No space left", StringComparison.Ordinal) || IsFull(e.InnerException));

    /// <summary>An exception that says so of what the platform has not told itself.</summary>
    public static IOException Full(string message) => new(message, OperatingSystem.IsWindows() ? WindowsFull : NoSpace);
}
