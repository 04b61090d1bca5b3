using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary>Workers as processes of their own: one that dies takes nobody with it.</summary>
internal static class WorkerProcesses
{
    private const int Terminate = 15;

    /// <summary>Starts workers and waits for them; a cancellation is passed on, and waited for.</summary>
    public static void Run(string study, string? store, int count, bool quiet, CancellationToken token)
    {
        List<Process> workers = [];
        try
        {
            for (int i = 0; i < count && !token.IsCancellationRequested; i++)
                workers.Add(Start(study, store, count, quiet));
            using CancellationTokenRegistration passed = token.Register(() =>
            {
                foreach (Process worker in workers)
                    End(worker);
            });
            foreach (Process worker in workers)
                worker.WaitForExit();
        }
        finally
        {
            foreach (Process worker in workers)
                worker.Dispose();
        }
    }

    private static Process Start(string study, string? store, int workers, bool quiet)
    {
        string program = Environment.ProcessPath
            ?? throw new IOException("this program does not know where it lies: start workers by hand");
        // The program as such, or the platform's with the program as its first argument.
        bool hosted = Path.GetFileNameWithoutExtension(program) == "dotnet";
        ProcessStartInfo start = new(program) { UseShellExecute = false, RedirectStandardOutput = true };
        if (hosted)
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Attractor.Cli.dll"));
        foreach (string word in (string[])["study", "work", study])
            start.ArgumentList.Add(word);
        // An address may hold a password, which everybody on the machine could read among the arguments of a process.
        if (store is not null)
            start.Environment[StoreVariable.Name] = store;
        // Each would otherwise count the whole of it as its own.
        start.Environment[MemoryNeed.SharedBy] = workers.ToString(CultureInfo.InvariantCulture);
        if (quiet)
            start.ArgumentList.Add("--quiet");
        try
        {
            Process worker = Process.Start(start)!;
            // What it prints is said once, of all of them.
            worker.OutputDataReceived += (_, _) => { };
            worker.BeginOutputReadLine();
            return worker;
        }
        catch (Win32Exception e)
        {
            throw new IOException($"a worker cannot be started: {e.Message}");
        }
    }

    private static void End(Process worker)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                worker.Kill();
            else
                _ = Signal(worker.Id, Terminate);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
