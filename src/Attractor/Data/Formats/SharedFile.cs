using Microsoft.Win32.SafeHandles;

namespace Attractor.Data;

/// <summary>A file that several threads read at once, from anywhere in it; where its stream stands has no meaning meanwhile.</summary>
/// <param name="file">A seekable stream, which stays open.</param>
internal sealed class SharedFile(Stream file)
{
    private readonly Lock _turn = new();
    private readonly SafeFileHandle? _handle = (file as FileStream)?.SafeFileHandle;

    /// <summary>Its bytes.</summary>
    public long Length { get; } = file.Length;

    /// <summary>Reads as many bytes as there are, up to the length of the span.</summary>
    /// <param name="offset">Where the first of them is.</param>
    /// <param name="bytes">Filled from the front.</param>
    /// <returns>How many there were.</returns>
    public int Read(long offset, Span<byte> bytes)
    {
        if (_handle is null)
            lock (_turn)
            {
                file.Position = offset;
                return file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            }
        int length = 0;
        for (int count; length < bytes.Length && (count = RandomAccess.Read(_handle, bytes[length..], offset + length)) > 0;)
            length += count;
        return length;
    }
}
