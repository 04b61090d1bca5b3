using System.Buffers.Binary;
using System.IO.Compression;
using Attractor.Data;
using Attractor.Tests.Data.Formats;

namespace Attractor.Tests.Data.Images;

public sealed class PngTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 2)]
    public void A_picture_is_signature_header_data_and_end(int channels, byte colourType)
    {
        byte[] samples = [.. Enumerable.Range(0, 2 * 3 * channels).Select(i => (byte)(13 * i))];
        byte[] file = Png.Encode(new(samples, height: 2, width: 3, channels));
        Assert.Equal("89504E470D0A1A0A", Convert.ToHexString(file.AsSpan(0, 8)));
        (string Type, byte[] Data)[] chunks = [.. Chunks(file)];
        Assert.Equal(["IHDR", "IDAT", "IEND"], chunks.Select(chunk => chunk.Type));
        Assert.Equal([0, 0, 0, 3, 0, 0, 0, 2, 8, colourType, 0, 0, 0], chunks[0].Data);
        Assert.Empty(chunks[2].Data);
        using MemoryStream unpacked = new();
        using (ZLibStream stream = new(new MemoryStream(chunks[1].Data), CompressionMode.Decompress))
            stream.CopyTo(unpacked);
        Assert.Equal([0, .. samples[..(3 * channels)], 0, .. samples[(3 * channels)..]], unpacked.ToArray());
    }

    [Fact]
    public void The_checksum_of_the_empty_end_is_the_published_one()
        => Assert.Equal("0000000049454E44AE426082", Convert.ToHexString(Png.Encode(new([0], 1, 1)).AsSpan()[^12..]));

    [Fact]
    public void Samples_must_be_those_of_the_size()
    {
        Assert.Contains(
            "5 samples, expected 2 x 3 pixels of 1",
            Assert.Throws<ArgumentException>(() => new Raster(new byte[5], 2, 3)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Raster(new byte[12], 2, 3, 2));
    }

    [Fact]
    public void A_file_holds_what_is_encoded()
    {
        using TemporaryFolder folder = new();
        Raster picture = new([1, 2, 3, 4], 2, 2);
        Png.Write(folder.File("x.png"), picture);
        Assert.Equal(Png.Encode(picture), File.ReadAllBytes(folder.File("x.png")));
        Assert.StartsWith(
            "x.png: ",
            Assert.Throws<IOException>(() => Png.Write(Path.Combine(folder.Path, "nowhere", "x.png"), picture)).Message,
            StringComparison.Ordinal);
    }

    private static IEnumerable<(string Type, byte[] Data)> Chunks(byte[] file)
    {
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            yield return (System.Text.Encoding.ASCII.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + length)]);
            at += length + 12;
        }
    }
}
