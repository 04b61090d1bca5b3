using System.Runtime.InteropServices;
using Attractor.Data;

namespace Attractor.Cli.Output;

/// <summary>Ends the process soon after Ctrl-C, whatever it is in the middle of.</summary>
/// <remarks>
/// A training that hears of the signal writes its checkpoint and says how to go on. What does not hear of it in time (the drawing of a
/// large reservoir, the factor of a large matrix) has nothing to lose: files are replaced as a whole, and only one that is being written
/// is waited for.
/// </remarks>
internal static class Interruption
{
    private const int Cancelled = 130;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1.5), s_longest = TimeSpan.FromSeconds(60), s_interval
        = TimeSpan.FromMilliseconds(50);

    // Kept, as what is collected hears nothing.
    private static readonly List<PosixSignalRegistration> s_registered = [];
    private static readonly CancellationTokenSource s_heard = new();
    private static int s_begun;
    private static volatile bool s_isWaiting;

    /// <summary>Cancelled by Ctrl-C, or by the signal that ends a process.</summary>
    public static CancellationToken Token => s_heard.Token;

    /// <summary>Listens from here on.</summary>
    public static void Install()
    {
        foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM])
            s_registered.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                Begin();
            }));
    }

    private static void Begin()
    {
        if (Interlocked.Exchange(ref s_begun, 1) != 0)
        {
            // Who asks again does not want to wait for the file either.
            if (s_isWaiting)
                End(Cancelled);
            return;
        }
        new Thread(End) { IsBackground = true, Name = "interruption" }.Start();
        s_heard.Cancel();
    }

    private static void End()
    {
        Thread.Sleep(s_patience);
        if (AtomicFile.IsWriting)
        {
            Console.Error.WriteLine("attractor: cancelled; a file is written to its end (Ctrl-C again: not even that)");
            s_isWaiting = true;
        }
        for (TimeSpan waited = s_patience; AtomicFile.IsWriting && waited < s_longest; waited += s_interval)
            Thread.Sleep(s_interval);
        if (!s_isWaiting && !JsonOutput.HasFailed)
            Console.Error.WriteLine("attractor: cancelled");
        End(Cancelled);
    }

    // Nothing may hold this up: no handler of the end of the process, no thread that does not hear.
    private static void End(int code)
    {
        JsonOutput.CutOff(code);
        Exit(code);
    }

    private static void Exit(int code)
    {
        if (OperatingSystem.IsWindows())
            Environment.Exit(code);
        else
            ExitNow(code);
    }

    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void ExitNow(int code);
}
