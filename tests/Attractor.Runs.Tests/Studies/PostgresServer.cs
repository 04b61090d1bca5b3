using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Attractor.Runs.Tests;

/// <summary>A PostgreSQL server on the loopback, of Debian's package, with a database, a user and a password of its own.</summary>
public sealed class PostgresServer : IDisposable
{
    private const string Root = "root", Unprivileged = "postgres";

    private readonly string? _programs;
    private readonly string _folder = "";
    private readonly int _port;

    public PostgresServer()
    {
        _programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order().Select(d => Path.Combine(d, "bin")).LastOrDefault(
                d => File.Exists(Path.Combine(d, "initdb")))
            : null;
        if (_programs is null)
        {
            WhyNot = "no PostgreSQL is installed (apt-get install postgresql)";
            return;
        }
        _folder = Directory.CreateTempSubdirectory("attractor-postgres-").FullName;
        _port = FreePort();
        string passwords = Path.Combine(_folder, "password");
        File.WriteAllText(passwords, Password);
        if (Environment.UserName == Root)
            Run("chown", "-R", Unprivileged, _folder);
        bool made = AsUser(
            "initdb", "-D", Data, "-U", "study", "--pwfile", passwords, "--auth=scram-sha-256", "-E", "UTF8", "--no-sync");
        if (!made || !Start())
            WhyNot = "PostgreSQL is installed but does not start";
    }

    /// <summary>Of characters that an address must escape.</summary>
    public static string Password => "s3cret/ word@";

    /// <summary>Why there is no server; null if there is one.</summary>
    public string? WhyNot { get; }

    public string Address => $"postgres://study:{Uri.EscapeDataString(Password)}@127.0.0.1:{_port}/postgres";

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Starts it, again after it was killed.</summary>
    public bool Start() => AsUser(
        "pg_ctl", "-D", Data, "-w", "-t", "60", "-l", Path.Combine(_folder, "log"), "-o",
        $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c fsync=off", "start");

    /// <summary>Kills every process of it.</summary>
    public void Kill()
    {
        int main = int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        using Process server = Process.GetProcessById(main);
        // The others of it end once it is gone.
        server.Kill();
        server.WaitForExit(TimeSpan.FromMinutes(2));
        for (int i = 0; i < 100 && IsThere(); i++)
            Thread.Sleep(50);
    }

    public void Dispose()
    {
        if (_programs is null)
            return;
        AsUser("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private bool IsThere()
    {
        try
        {
            using TcpClient client = new();
            client.Connect(IPAddress.Loopback, _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private bool AsUser(string program, params string[] arguments)
    {
        string path = Path.Combine(_programs!, program);
        return Environment.UserName == Root
            ? Run("setpriv", ["--reuid", Unprivileged, "--regid", Unprivileged, "--clear-groups", path, .. arguments])
            : Run(path, arguments);
    }

    private bool Run(string program, params string[] arguments)
    {
        // A server keeps what it is given to write to: it gets nothing of this process.
        ProcessStartInfo start = new("sh", ["-c", "exec \"$@\" > /dev/null 2>&1 < /dev/null", "sh", program, .. arguments])
        {
            WorkingDirectory = _folder,
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using Process process = Process.Start(start)!;
        return process.WaitForExit(TimeSpan.FromSeconds(90)) && process.ExitCode == 0;
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
