using System.Buffers.Binary;

namespace Attractor.Data;

/// <summary>
/// The part of a columnar file that says what it holds: at its end, followed by its length (four bytes, little-endian) and the word that
/// the file begins with as well.
/// </summary>
internal static class FileFooter
{
    /// <summary>Reads it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="magic">The word at its end.</param>
    /// <param name="lead">Bytes before the contents.</param>
    /// <param name="damaged">What a fault is told with.</param>
    /// <exception cref="InvalidDataException">The file is cut off.</exception>
    public static byte[] Read(Stream file, ReadOnlySpan<byte> magic, int lead, Func<string, InvalidDataException> damaged)
    {
        Span<byte> trailer = stackalloc byte[sizeof(uint) + magic.Length];
        if (file.Length < trailer.Length + lead)
            throw damaged("it is cut off");
        file.Position = file.Length - trailer.Length;
        file.ReadExactly(trailer);
        if (!trailer.EndsWith(magic))
            throw damaged("it does not end as one does, and may be cut off; fetch or write it again");
        long length = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        if (length > file.Length - trailer.Length - lead)
            throw damaged($"its footer of {length} bytes does not fit into {file.Length}");
        byte[] footer = new byte[length];
        file.Position = file.Length - trailer.Length - length;
        file.ReadExactly(footer);
        return footer;
    }

    /// <summary>Whether a file ends with a word.</summary>
    public static bool EndsWith(Stream file, ReadOnlySpan<byte> magic)
    {
        if (file.Length < magic.Length)
            return false;
        Span<byte> end = stackalloc byte[magic.Length];
        file.Position = file.Length - magic.Length;
        file.ReadExactly(end);
        return end.SequenceEqual(magic);
    }
}
