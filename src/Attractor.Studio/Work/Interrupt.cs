using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Attractor.Studio.Work;

/// <summary>The end of another process, as by Ctrl-C: a training writes its checkpoint and ends.</summary>
internal static class Interrupt
{
    // A studio that a script began in the background passes on that Ctrl-C is not heard; this is, to the same end.
    private const int Terminate = 15;

    // The numbers of Linux, on which alone it is known that a process is held.
    private const int Stop = 19, Continue = 18;

    /// <summary>Asks a process to end; where it cannot be asked it is ended, which costs what was done since its last checkpoint.</summary>
    public static void Send(int process)
    {
        if (process <= 1 || process == Environment.ProcessId)
            return;
        if (!OperatingSystem.IsWindows())
        {
            _ = Kill(process, Terminate);
            // One that is held hears it when it goes on.
            if (OperatingSystem.IsLinux())
                _ = Kill(process, Continue);
            return;
        }
        try
        {
            using Process found = Process.GetProcessById(process);
            found.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It is over already.
        }
    }

    /// <summary>Holds a process where it is, or lets it go on.</summary>
    public static void Hold(int process, bool still)
    {
        if (process > 1 && process != Environment.ProcessId && OperatingSystem.IsLinux())
            _ = Kill(process, still ? Stop : Continue);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
