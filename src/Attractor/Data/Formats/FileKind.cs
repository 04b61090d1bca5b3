using System.Text;

namespace Attractor.Data;

/// <summary>What files that are not read announce themselves as, for messages.</summary>
internal static class FileKind
{
    /// <summary>In words, such as "a PNG image"; null of contents that say nothing.</summary>
    /// <param name="head">The first bytes.</param>
    public static string? Of(ReadOnlySpan<byte> head)
    {
        // A safetensors file begins with a length, whose bytes may be any.
        if (head.Length > 8 && head[8] == '{' && head[5..8].IndexOfAnyExcept((byte)0) < 0)
            return null;
        if (head.StartsWith("FEA1"u8))
            return "a Feather file of version 1; write it again with version 2: df.to_feather(f)";
        if (head.StartsWith("PK"u8))
            return "a zip archive without one table or arrays in it";
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']))
            return "a PNG image";
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return "a JPEG image";
        if (head.StartsWith("%PDF"u8))
            return "a PDF document; a table in it must be copied into a .csv file";
        if (head is [(byte)'C', (byte)'D', (byte)'F', 1 or 2 or 5, ..])
            return "a NetCDF file of the classic kind; rewrite it as NetCDF-4 (nccopy -k nc4 in.nc out.nc)";
        if (head.StartsWith("SQLite format 3"u8))
            return "an SQLite database; write a table of it as .csv";
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            return "gzipped contents of another kind";
        if (head.StartsWith("BZh"u8))
            return "contents packed by bzip2; unpack them, or pack by gzip";
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z']))
            return "contents packed by xz; unpack them, or pack by gzip";
        if (head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]))
            return "contents packed by zstd; unpack them, or pack by gzip";
        if (head is [0x80, >= 2 and <= 5, ..])
            return "a Python pickle, which can run programs and is not read; save with np.save";
        if (head.StartsWith("fLaC"u8) || head.StartsWith("OggS"u8) || head.StartsWith("ID3"u8))
            return "packed sound; write it as .wav";
        ReadOnlySpan<byte> text = head.TrimStart("\uFEFF \t\r\n"u8);
        if (text is [(byte)'<', _, ..] && Ascii.EqualsIgnoreCase(text[..Math.Min(5, text.Length)], "<html"u8)
            || text.Length >= 9 && Ascii.EqualsIgnoreCase(text[..9], "<!doctype"u8))
            return "a page of HTML, as a server answers instead of a file; fetch it again";
        if (text.StartsWith("<?xml"u8))
            return "XML; write the table in it as .csv";
        return null;
    }
}
