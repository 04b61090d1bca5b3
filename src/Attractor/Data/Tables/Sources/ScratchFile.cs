using Microsoft.Win32.SafeHandles;

namespace Attractor.Data;

/// <summary>A nameless file on disk for what does not fit in memory; it goes with the process, however that ends.</summary>
internal sealed class ScratchFile : IDisposable
{
    private readonly FileStream _file;
    private readonly string _folder;
    private readonly SafeFileHandle _handle;

    private ScratchFile(FileStream file, string folder) => (_file, _folder, _handle) = (file, folder, file.SafeFileHandle);

    /// <summary>Bytes written.</summary>
    public long Length { get; private set; }

    /// <exception cref="IOException">No file can be made there.</exception>
    public static ScratchFile Create(string folder)
    {
        string path = Path.Combine(folder, $"attractor-{Guid.NewGuid():N}.rows");
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
            Options = FileOptions.RandomAccess | FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return Explained(folder, () =>
        {
            FileStream file = new(path, options);
            // Windows removes it when the process dies; elsewhere the process would have to, but an open file needs no name.
            if (!OperatingSystem.IsWindows())
                File.Delete(path);
            return new ScratchFile(file, folder);
        });
    }

    /// <exception cref="IOException">The disk is full.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_handle, bytes, Length);
        }
        catch (IOException e)
        {
            throw Unusable(_folder, e);
        }
        Length += bytes.Length;
    }

    /// <summary>Reads from anywhere, on any thread.</summary>
    /// <exception cref="EndOfStreamException">So many bytes have not been written.</exception>
    public void Read(long offset, Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int read = RandomAccess.Read(_handle, bytes, offset);
            if (read == 0)
                throw new EndOfStreamException($"The scratch file ends at byte {offset}, expected {bytes.Length} more.");
            bytes = bytes[read..];
            offset += read;
        }
    }

    public void Dispose() => _file.Dispose();

    private static T Explained<T>(string folder, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(folder, e);
        }
    }

    private static IOException Unusable(string folder, Exception e)
        => new(
            $"its rows cannot be kept in {folder}: {Excerpt.Reason(e)}; free space there, or name another folder in "
            + $"{(OperatingSystem.IsWindows() ? "TEMP" : "TMPDIR")}",
            e);
}
