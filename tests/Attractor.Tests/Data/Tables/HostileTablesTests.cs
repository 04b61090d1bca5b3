using System.Diagnostics;
using System.Text;
using Attractor.Data;
using Attractor.Tests.Data.Formats;
using FsCheck;
using FsCheck.Fluent;
using static Attractor.Data.ColumnKind;

namespace Attractor.Tests.Data.Tables;

/// <summary>Whatever a file holds, reading it gives a table or one of the declared exceptions, within bounded time and memory.</summary>
public sealed class HostileTablesTests : IDisposable
{
    private const long LargestAllocation = 64 << 20;

    private static readonly ColumnRequest[] s_columns = [new("x1", Real), new("x2", Category)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".csv")]
    [InlineData(".npy")]
    public void Random_bytes(string extension)
        => Prop.ForAll(Arb.ToArbitrary(ArbMap.Default.GeneratorFor<byte[]>()), bytes => { Survives(bytes, extension); }).Check(
            Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(200));

    [Fact]
    public void Random_text()
    {
        string[] words =
        [
            "x1", "x2", "1", "-2.5e3", "NaN", "", "\"", "\"\"", ",", ",", ";", "\t", "\n", "\n", "\r\n", "\r", " ", "1e999", "\0", "\uFEFF",
            "\u2028", "é", "\uD800"
        ];
        Gen<byte[]> files = Gen.Elements(words).ArrayOf().Select(parts => Encoding.UTF8.GetBytes("x1,x2\n" + string.Concat(parts)));
        Prop.ForAll(Arb.ToArbitrary(files), bytes => { Survives(bytes, ".csv"); }).Check(
            Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(100));
    }

    [Fact]
    public void A_line_of_64_megabytes() => Assert.False(Survives(Filled((byte)'7', 64 << 20), ".csv"));

    [Fact]
    public void A_line_of_64_megabytes_of_separators() => Assert.False(Survives(Filled((byte)',', 64 << 20), ".csv"));

    [Fact]
    public void A_quote_that_is_never_closed() => Assert.False(Survives([.. "x1,x2\n\"1,"u8, .. Filled((byte)'\n', 64 << 20)], ".csv"));

    [Fact]
    public void A_header_of_a_million_columns()
        => Assert.False(Survives(Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Repeat("x", 1_000_000)) + "\n1"), ".csv"));

    [Fact]
    public void Zeros() => Assert.False(Survives(new byte[64 << 20], ".csv"));

    private static byte[] Filled(byte value, int length)
    {
        byte[] bytes = new byte[length];
        bytes.AsSpan().Fill(value);
        return bytes;
    }

    private bool Survives(byte[] bytes, string extension)
    {
        string path = _folder.File("hostile" + extension, bytes);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        Stopwatch watch = Stopwatch.StartNew();
        try
        {
            using RowStore store = RowStore.Create(path, s_columns);
            Assert.True(store.Count > 0);
            return true;
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException or IOException)
        {
            Assert.StartsWith("hostile" + extension + ": ", e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', e.Message);
            Assert.True(e.Message.Length < 1200, e.Message);
            return false;
        }
        finally
        {
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, LargestAllocation);
            // Generous: a hang, not a slow machine, is what this is for.
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20));
        }
    }
}
