using System.Runtime.InteropServices;

namespace Attractor.Data;

/// <summary>
/// Finds what lies at a path, links followed, without opening it: opening a pipe waits, and opening a device may do things.
/// </summary>
internal static partial class PathKinds
{
    // statx(2), whose layout is the same on every processor: the mode is the 16 bits at byte 28 of 256.
    private const int CurrentFolder = -100, MaskOfTypes = 1, StructureLength = 256, ModeOffset = 28;

    private const int TypeBits = 0xF000, CharacterDevice = 0x2000, BlockDevice = 0x6000, Pipe = 0x1000, Socket = 0xC000;

    /// <summary>What it is. Where the system does not say, everything that is no directory passes for a file.</summary>
    public static PathKind Of(string path)
    {
        if (Directory.Exists(path))
            return PathKind.Directory;
        if (!File.Exists(path))
            return PathKind.Missing;
        if (!OperatingSystem.IsLinux())
            return PathKind.File;
        byte[] found = new byte[StructureLength];
        try
        {
            if (Statx(CurrentFolder, path, 0, MaskOfTypes, found) != 0)
                return PathKind.File;
        }
        catch (EntryPointNotFoundException)
        {
            return PathKind.File;
        }
        return (BitConverter.ToUInt16(found, ModeOffset) & TypeBits) switch
        {
            CharacterDevice or BlockDevice => PathKind.Device,
            Pipe or Socket => PathKind.Pipe,
            _ => PathKind.File,
        };
    }

    /// <summary>Its name in a message.</summary>
    public static string Name(PathKind kind) => kind switch
    {
        PathKind.Directory => "directory",
        PathKind.Pipe => "pipe",
        PathKind.Device => "device",
        _ => "file",
    };

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int folder, string path, int flags, uint mask, [Out] byte[] found);
}
