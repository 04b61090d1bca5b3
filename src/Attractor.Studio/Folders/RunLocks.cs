using System.Globalization;

namespace Attractor.Studio.Folders;

/// <summary>
/// Which process holds which run. The lock itself is never tried: whoever holds it for an instant may turn a training away.
/// </summary>
internal sealed class RunLocks
{
    private const string Lock = "/.lock";
    private const int Recent = 20;

    private static readonly string[] s_shared = ["nfs", "cifs", "smb", "lustre", "ceph", "gpfs", "beegfs", "fuse", "9p"];

    private readonly Dictionary<string, int>? _holders;
    private readonly bool _isShared;

    private RunLocks(Dictionary<string, int>? holders, bool isShared) => (_holders, _isShared) = (holders, isShared);

    /// <summary>As they are now.</summary>
    /// <param name="folder">Where the runs lie: on a disk that machines share another one may hold them.</param>
    public static RunLocks Read(string folder) => new(OperatingSystem.IsLinux() ? Holders() : null, IsShared(folder));

    /// <summary>Whether a process works in a run, and which if it is one of this machine.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="changed">When something in it last changed.</param>
    public (bool IsHeld, int? Process) Of(string run, DateTime changed)
        => _holders is { } holders && holders.TryGetValue(run, out int process) ? (true, process)
            // What a lock of another machine is can only be told by what it does.
            : ((_holders is null || _isShared) && DateTime.UtcNow - changed < TimeSpan.FromSeconds(Recent), null);

    /// <summary>Whether a process is held, and does nothing until it is let go on.</summary>
    public static bool IsHeldStill(int? process)
    {
        if (process is null || !OperatingSystem.IsLinux())
            return false;
        try
        {
            // 4711 (any name) T 1 ...
            string text = File.ReadAllText(FormattableString.Invariant($"/proc/{process}/stat"));
            return text.LastIndexOf(')') is >= 0 and var end && end + 2 < text.Length && text[end + 2] == 'T';
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static Dictionary<string, int> Holders()
    {
        Dictionary<string, int> holders = new(StringComparer.Ordinal);
        try
        {
            foreach (int process in File.ReadLines("/proc/locks").Select(ProcessOf).OfType<int>().Distinct())
                foreach (string held in Open(process))
                    holders[held[..^Lock.Length]] = process;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without the list nobody is known to hold anything.
        }
        return holders;
    }

    // 1: FLOCK  ADVISORY  WRITE 4711 fe:01:1234 0 EOF
    private static int? ProcessOf(string line)
        => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, "FLOCK", _, "WRITE", var id, ..]
            && int.TryParse(id, CultureInfo.InvariantCulture, out int process) && process > 0 ? process : null;

    private static IEnumerable<string> Open(int process)
    {
        FileSystemInfo[] files;
        try
        {
            files = new DirectoryInfo(FormattableString.Invariant($"/proc/{process}/fd")).GetFileSystemInfos();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            yield break;
        }
        foreach (FileSystemInfo file in files)
        {
            string? target = null;
            try
            {
                target = file.LinkTarget;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It was closed in between.
            }
            if (target is not null && target.EndsWith(Lock, StringComparison.Ordinal))
                yield return target;
        }
    }

    private static bool IsShared(string folder)
    {
        try
        {
            string format = new DriveInfo(folder).DriveFormat;
            return s_shared.Any(s => format.StartsWith(s, StringComparison.OrdinalIgnoreCase));
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
