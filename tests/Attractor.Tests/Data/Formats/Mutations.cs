using System.Diagnostics;
using Attractor.Data;

namespace Attractor.Tests.Data.Formats;

/// <summary>Damages a file in many ways: whatever is read of it, it ends soon, in bounded memory, with a reading or one line.</summary>
internal static class Mutations
{
    private const long FreeBytes = 64 << 20;
    private const int Growth = 16;

    /// <summary>Reads a file of these bytes as it is, then damaged so many times.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="name">Its name.</param>
    /// <param name="valid">A file that is read.</param>
    /// <param name="rounds">How many.</param>
    /// <param name="selection">What of it is read.</param>
    public static void Check(TemporaryFolder folder, string name, byte[] valid, int rounds, DataSelection? selection = null)
    {
        Assert.True(Reads(folder, name, valid, selection), "the file is not read as it is");
        Random random = new(5);
        int read = 0;
        for (int round = 0; round < rounds; round++)
        {
            byte[] bytes = [.. valid];
            for (int change = random.Next(1, 6); change > 0; change--)
                bytes[random.Next(bytes.Length)] = random.Next(4) switch { 0 => 255, 1 => 0, 2 => 127, _ => (byte)random.Next(256) };
            if (random.Next(4) == 0)
                bytes = bytes[..random.Next(1, bytes.Length)];
            else if (random.Next(4) == 0)
                bytes = [.. bytes[..random.Next(bytes.Length)], .. new byte[random.Next(1, 9)], .. bytes[random.Next(bytes.Length)..]];
            try
            {
                read += Reads(folder, name, bytes, selection) ? 1 : 0;
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"round {round}: {e}");
            }
        }
        Assert.InRange(read, 0, rounds - 1);
    }

    private static bool Reads(TemporaryFolder folder, string name, byte[] bytes, DataSelection? selection)
    {
        string path = folder.File(name, bytes);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        Stopwatch watch = Stopwatch.StartNew();
        try
        {
            Assert.NotEmpty(DataFile.Read(path, selection).Trials);
            return true;
        }
        catch (InvalidDataException e)
        {
            Assert.StartsWith(name + ": ", e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', e.Message);
            Assert.InRange(e.Message.Length, 1, 500);
            return false;
        }
        finally
        {
            // Values go through a few hands: columns, rows, what is chosen of them.
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 6 * (FreeBytes + (Growth * bytes.Length)));
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed} for {bytes.Length} bytes");
        }
    }
}
