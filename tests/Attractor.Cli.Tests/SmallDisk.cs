using System.ComponentModel;
using System.Diagnostics;

namespace Attractor.Cli.Tests;

/// <summary>A file system of 64 kB that goes with the test; a test is skipped where none can be mounted.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    public static SmallDisk Mount(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            using Process mount = Process.Start(
                new ProcessStartInfo("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]) { RedirectStandardError = true })!;
            mount.WaitForExit();
            if (mount.ExitCode == 0)
                return new(folder);
        }
        catch (Win32Exception)
        {
            // There is no mount command.
        }
        Assert.Skip("no small file system can be mounted here");
        return null!;
    }

    /// <summary>Takes what room there is.</summary>
    public void Fill()
    {
        using FileStream filler = new(Path.Combine(_folder, "filler"), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        byte[] page = new byte[4096];
        try
        {
            for (int i = 0; i < 64; i++)
                filler.Write(page);
        }
        catch (IOException)
        {
            return;
        }
        Assert.Fail("the small file system is not small");
    }

    /// <summary>Gives it back.</summary>
    public void Free() => File.Delete(Path.Combine(_folder, "filler"));

    /// <summary>Lets nothing more be written.</summary>
    public void MakeReadOnly()
    {
        using Process mount = Process.Start("mount", ["-o", "remount,ro", _folder]);
        mount.WaitForExit();
        Assert.Equal(0, mount.ExitCode);
    }

    public void Dispose() => Process.Start("umount", ["-l", _folder]).WaitForExit();
}
