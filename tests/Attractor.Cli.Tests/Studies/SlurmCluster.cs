using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Attractor.Cli.Tests;

/// <summary>A Slurm of Debian's packages with this machine as its one node: its controller, its daemon, and munge between them.</summary>
public sealed class SlurmCluster : IDisposable
{
    private const string Root = "root";

    private static readonly string[] s_daemons = ["munged", "slurmctld", "slurmd"];

    private readonly string _folder = "";

    public SlurmCluster()
    {
        string[] missing = [.. s_daemons.Append("sbatch").Where(d => Find(d) is null)];
        if (missing.Length > 0 || Environment.UserName != Root)
        {
            WhyNot = missing.Length > 0
                ? $"no Slurm is installed (apt-get install slurm-wlm munge): {string.Join(", ", missing)} not found"
                : "the daemon of a Slurm node runs as root";
            return;
        }
        _folder = Directory.CreateTempSubdirectory("attractor-slurm-").FullName;
        foreach (string part in (string[])["state", "spool"])
            Directory.CreateDirectory(In(part));
        byte[] key = new byte[1024];
        Random.Shared.NextBytes(key);
        File.WriteAllBytes(In("munge.key"), key);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(In("munge.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(Configuration, $"""
            ClusterName=test
            SlurmctldHost={Node}(127.0.0.1)
            SlurmUser={Root}
            AuthType=auth/munge
            AuthInfo=socket={In("munge.sock")}
            CredType=cred/munge
            StateSaveLocation={In("state")}
            SlurmdSpoolDir={In("spool")}
            SlurmctldPidFile={In("slurmctld.pid")}
            SlurmdPidFile={In("slurmd.pid")}
            SlurmctldLogFile={In("slurmctld.log")}
            SlurmdLogFile={In("slurmd.log")}
            SlurmctldPort={FreePort()}
            SlurmdPort={FreePort()}
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_Core
            ReturnToService=2
            JobRequeue=1
            MpiDefault=none
            NodeName={Node} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
            PartitionName=all Nodes={Node} Default=YES MaxTime=INFINITE State=UP

            """);
        bool started = Run("munged", $"--key-file={In("munge.key")}", $"--socket={In("munge.sock")}", $"--pid-file={In("munged.pid")}",
                $"--log-file={In("munge.log")}", $"--seed-file={In("munge.seed")}", "--force").Code == 0
            && Run("slurmctld", "-f", Configuration).Code == 0 && Run("slurmd", "-f", Configuration).Code == 0;
        if (!started || !SpinWait.SpinUntil(() => Run("sinfo", "-h", "-o", "%T").Output.Contains("idle"), TimeSpan.FromSeconds(20)))
            WhyNot = "Slurm is installed but does not start";
    }

    /// <summary>Why there is none; null if there is one.</summary>
    public string? WhyNot { get; }

    /// <summary>The one node.</summary>
    public static string Node { get; } = Environment.MachineName.Split('.')[0];

    /// <summary>What its programs, and whatever submits to it, need in their environment.</summary>
    public Dictionary<string, string> Variables => new() { ["SLURM_CONF"] = Configuration };

    private string Configuration => In("slurm.conf");

    /// <summary>Runs one of its programs.</summary>
    public (int Code, string Output) Run(string program, params string[] arguments)
    {
        // Daemons keep what they are given to write to: they get a file rather than a pipe that would never end.
        string answer = In($"answer-{Guid.NewGuid():N}");
        ProcessStartInfo start = new("sh", ["-c", "exec \"$@\" > \"$0\" 2>&1 < /dev/null", answer, Find(program)!, .. arguments]);
        start.Environment["SLURM_CONF"] = Configuration;
        using Process process = Process.Start(start)!;
        bool ended = process.WaitForExit(TimeSpan.FromMinutes(2));
        return (ended ? process.ExitCode : -1, File.ReadAllText(answer));
    }

    public void Dispose()
    {
        if (_folder.Length == 0)
            return;
        Run("scancel", "--user", Root);
        foreach (string daemon in s_daemons.Reverse())
            if (File.Exists(In(daemon + ".pid"))
                && int.TryParse(File.ReadAllText(In(daemon + ".pid")), System.Globalization.CultureInfo.InvariantCulture, out int id))
                Process.Start("kill", [id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();
        for (int i = 0; i < 100 && s_daemons.Any(d => File.Exists(In(d + ".pid"))); i++)
            Thread.Sleep(50);
        Directory.Delete(_folder, recursive: true);
    }

    private string In(string name) => Path.Combine(_folder, name);

    private static string? Find(string program) => ((string[])["/usr/sbin", "/usr/bin"]).Select(d => Path.Combine(d, program))
        .FirstOrDefault(File.Exists);

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
