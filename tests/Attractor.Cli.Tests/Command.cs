using System.Diagnostics;
using System.Globalization;

namespace Attractor.Cli.Tests;

/// <summary>
/// The built command: its verbs in this process, which is quick, or in one of their own, where the process is what is tested.
/// </summary>
internal static class Command
{
    private const int Interrupt = 2;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);
    private static readonly Lock s_folder = new();

    // The verbs take threads of the pool while tests hold some of them.
    static Command() => ThreadPool.SetMinThreads(16, 16);

    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Attractor.Cli.dll");

    /// <summary>Runs a verb in this process. One at a time: a process has one current folder.</summary>
    public static Outcome Run(string folder, params string[] arguments)
    {
        lock (s_folder)
        {
            Directory.SetCurrentDirectory(folder);
            try
            {
                Task<Outcome> run = CapturedConsole.CaptureAsync(() => CommandLine.RunAsync(arguments));
                Assert.True(run.Wait(s_patience), "the command hangs");
                return run.Result;
            }
            finally
            {
                Directory.SetCurrentDirectory(AppContext.BaseDirectory);
            }
        }
    }

    /// <summary>Runs a verb in a process of its own.</summary>
    public static Outcome RunProcess(string folder, params string[] arguments) => RunProcessIn(folder, [], arguments);

    /// <summary>Runs a verb in a process of its own with these variables in its environment.</summary>
    public static Outcome RunProcessIn(string folder, Dictionary<string, string> environment, params string[] arguments)
    {
        using Process process = Start(folder, environment, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(s_patience), "the command hangs");
        return new(process.ExitCode, output.Result, errors.Result);
    }

    /// <summary>Starts a verb in a process of its own, to be interrupted, killed or looked at while it works.</summary>
    public static Process Start(string folder, params string[] arguments) => Start(folder, [], arguments);

    private static Process Start(string folder, Dictionary<string, string> environment, string[] arguments)
    {
        // A job in the background ignores Ctrl-C, and so would whatever it starts; these are to hear it.
        string[] command = IgnoresInterrupts() ? ["env", "--default-signal=INT", "dotnet", Path] : ["dotnet", Path];
        ProcessStartInfo start = new(command[0], [.. command[1..], .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static bool IgnoresInterrupts()
    {
        const string Mask = "SigIgn:";
        return OperatingSystem.IsLinux()
            && File.ReadLines("/proc/self/status").First(l => l.StartsWith(Mask, StringComparison.Ordinal)) is { } line
            && (ulong.Parse(line[Mask.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1UL << (Interrupt - 1)))
                != 0;
    }
}
