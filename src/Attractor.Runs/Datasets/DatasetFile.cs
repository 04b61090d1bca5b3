using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Attractor.Runs;

/// <summary>A gzipped file of a published data set, known by its contents.</summary>
/// <remarks>
/// Length and sum are those of the unpacked contents: gzip writes a name, a time and whatever a compressor makes of the same bytes, so that
/// a file packed again has another sum and is as good.
/// </remarks>
/// <param name="Name">With the extension .gz.</param>
/// <param name="Length">Bytes once unpacked.</param>
/// <param name="Sha256">Of the unpacked contents, in lower-case hexadecimal digits.</param>
internal sealed record DatasetFile(string Name, long Length, string Sha256)
{
    // A gzip header may hold a name and a comment.
    private const long LargestHeader = 1024;

    /// <summary>No more bytes than this are taken from a server: packing makes nothing larger.</summary>
    public long LargestPacked => Length + LargestHeader;

    /// <summary>The name once unpacked.</summary>
    public string UnpackedName => Path.GetFileNameWithoutExtension(Name);

    /// <summary>What is wrong with the packed bytes; null if nothing is.</summary>
    public string? FaultOfPacked(Stream packed, CancellationToken token)
    {
        using GZipStream unpacked = new(packed, CompressionMode.Decompress, leaveOpen: true);
        try
        {
            return FaultOf(unpacked, token);
        }
        catch (InvalidDataException)
        {
            return "it is not a gzip file, or a damaged one";
        }
    }

    /// <summary>What is wrong with the unpacked bytes; null if nothing is.</summary>
    public string? FaultOf(Stream contents, CancellationToken token)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 16];
        long length = 0;
        while (contents.Read(buffer) is > 0 and int read)
        {
            token.ThrowIfCancellationRequested();
            length += read;
            if (length > Length)
                return FormattableString.Invariant($"it unpacks to more than the {Length} bytes expected");
            hash.AppendData(buffer, 0, read);
        }
        string found = Convert.ToHexStringLower(hash.GetHashAndReset());
        return found == Sha256 ? null : FormattableString.Invariant(
            $"its unpacked contents have the SHA-256 sum {found} ({length} bytes), expected {Sha256} ({Length} bytes)");
    }

    /// <summary>Whether the folder holds the file with the right contents.</summary>
    public bool IsIn(string folder, CancellationToken token)
    {
        string path = Path.Combine(folder, Name);
        if (!File.Exists(path))
            return false;
        using FileStream file = File.OpenRead(path);
        return FaultOfPacked(file, token) is null;
    }

    /// <summary>
    /// Whether the folder holds the file with contents of the right length, as the last four bytes of a gzip file tell (RFC 1952).
    /// </summary>
    public bool SeemsToBeIn(string folder)
    {
        string path = Path.Combine(folder, Name);
        if (!File.Exists(path))
            return false;
        using FileStream file = File.OpenRead(path);
        Span<byte> end = stackalloc byte[sizeof(uint)];
        if (file.Length < end.Length)
            return false;
        file.Seek(-end.Length, SeekOrigin.End);
        file.ReadExactly(end);
        return BinaryPrimitives.ReadUInt32LittleEndian(end) == Length;
    }
}
