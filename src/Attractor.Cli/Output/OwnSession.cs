using System.Runtime.InteropServices;

namespace Attractor.Cli.Output;

/// <summary>A session of its own for a process that is to outlive whoever started it: Ctrl-C in that terminal is not for it.</summary>
internal static class OwnSession
{
    private const string Variable = "ATTRACTOR_OWN_SESSION";

    /// <summary>Leaves the session of the parent if that asks for it.</summary>
    public static void Begin()
    {
        if (Environment.GetEnvironmentVariable(Variable) != "1")
            return;
        Environment.SetEnvironmentVariable(Variable, null);
        if (!OperatingSystem.IsWindows())
            _ = SetSession();
    }

    [DllImport("libc", EntryPoint = "setsid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetSession();
}
