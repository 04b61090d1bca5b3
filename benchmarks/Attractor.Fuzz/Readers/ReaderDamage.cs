using System.IO.Compression;

namespace Attractor.Fuzz.Readers;

/// <summary>Damage to a file in the ways that reach its reader: also beneath a checksum and within what is packed.</summary>
internal sealed class ReaderDamage
{
    private const int OneInFour = 4;

    private readonly FileMutation _mutation;
    private readonly Dictionary<byte[], (string Name, byte[] Bytes)[]> _entries = [];

    public ReaderDamage(IReadOnlyList<ReaderTarget> targets)
    {
        byte[][] sound = [.. targets.Select(t => t.Sound).Where(b => b.Length > 0)];
        _mutation = new(sound);
        foreach (byte[] bytes in sound.Distinct())
            if (bytes.AsSpan().StartsWith("PK\x3\x4"u8))
                _entries[bytes] = Unpacked(bytes);
    }

    /// <summary>A damaged copy.</summary>
    public byte[] Of(ReaderTarget target, Random random)
    {
        bool isJson = target.Path?.EndsWith(".json", StringComparison.Ordinal) ?? false;
        if (isJson && random.Next(OneInFour) < 2)
            return Settings.Damage(target.Sound, random);
        if (_entries.TryGetValue(target.Sound, out (string Name, byte[] Bytes)[]? entries) && random.Next(OneInFour) != 0)
            return Packed(entries, random.Next(entries.Length), random);
        byte[] bytes = [.. target.Sound];
        if (random.Next(OneInFour) != 0)
            FuzzCase.HideChecksum(bytes);
        return Once(bytes, random);
    }

    private byte[] Once(byte[] bytes, Random random)
        => random.Next(OneInFour) < 2 ? _mutation.Damage(bytes, random) : Bytes.Damage(bytes, random);

    private byte[] Packed((string Name, byte[] Bytes)[] entries, int damaged, Random random)
    {
        using MemoryStream file = new();
        using (ZipArchive archive = new(file, ZipArchiveMode.Create, leaveOpen: true))
            for (int i = 0; i < entries.Length; i++)
            {
                using Stream entry = archive.CreateEntry(entries[i].Name, CompressionLevel.NoCompression).Open();
                entry.Write(i == damaged ? Once(entries[i].Bytes, random) : entries[i].Bytes);
            }
        return file.ToArray();
    }

    private static (string Name, byte[] Bytes)[] Unpacked(byte[] bytes)
    {
        using ZipArchive archive = new(new MemoryStream(bytes));
        return [.. archive.Entries.Select(e =>
        {
            using Stream entry = e.Open();
            using MemoryStream whole = new();
            entry.CopyTo(whole);
            return (e.FullName, whole.ToArray());
        })];
    }
}
