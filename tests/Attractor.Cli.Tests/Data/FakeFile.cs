using System.IO.Compression;
using System.Security.Cryptography;
using Attractor.Runs;

namespace Attractor.Cli.Tests;

/// <summary>A small file of a data set with its contents.</summary>
internal sealed record FakeFile(DatasetFile File, byte[] Contents)
{
    public byte[] Packed => Pack(Contents, CompressionLevel.Optimal);

    public static FakeFile Of(string name, int length)
    {
        byte[] contents = [.. Enumerable.Range(0, length).Select(i => (byte)(i * i % 251))];
        return new(new(name, length, Convert.ToHexStringLower(SHA256.HashData(contents))), contents);
    }

    public static byte[] Pack(byte[] contents, CompressionLevel level)
    {
        using MemoryStream packed = new();
        using (GZipStream stream = new(packed, level))
            stream.Write(contents);
        return packed.ToArray();
    }
}
