using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Attractor.Studio.Work;

/// <summary>Ctrl-C for another process: a training writes its checkpoint and ends.</summary>
internal static class Interrupt
{
    private const int Signal = 2;

    /// <summary>Asks a process to end; where it cannot be asked it is ended, which costs what was done since its last checkpoint.</summary>
    public static void Send(int process)
    {
        if (process <= 1 || process == Environment.ProcessId)
            return;
        if (!OperatingSystem.IsWindows())
        {
            _ = Kill(process, Signal);
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

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
