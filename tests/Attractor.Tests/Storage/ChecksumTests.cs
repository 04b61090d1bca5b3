using System.Text;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Tests.Storage;

/// <summary>A bit that has flipped in a checkpoint or a model is noticed when it is read.</summary>
public sealed class ChecksumTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("attractor-").FullName;

    private string File => Path.Combine(_folder, "file.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void No_flipped_bit_of_a_checkpoint_changes_what_is_read()
    {
        TrainingState state = new() { Update = 7, Parameters = [1.5, -2, 1e-300], Moments = [[0.25, 3, 4]] };
        Checkpoint.Save(File, state);
        byte[] whole = System.IO.File.ReadAllBytes(File);
        string expected = Words(Checkpoint.Load(File));
        int refused = 0;
        for (int bit = 0; bit < 8 * whole.Length; bit++)
        {
            byte[] damaged = [.. whole];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            System.IO.File.WriteAllBytes(File, damaged);
            try
            {
                // A bit of a blank, or of the name of the checksum itself, leaves everything else as it was.
                Assert.Equal(expected, Words(Checkpoint.Load(File)));
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 8 * whole.Length * 8 / 10, 8 * whole.Length);
    }

    [Fact]
    public void A_flipped_bit_of_a_model_is_refused_with_what_to_do()
    {
        ModelFile.Save(File, new ShallowPlrnn(2, 3, 4, seed: 1));
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        bytes[^3] ^= 1;
        System.IO.File.WriteAllBytes(File, bytes);
        Assert.Contains("it is damaged", Assert.Throws<InvalidDataException>(() => ModelFile.Load(File)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_checksum_is_read_and_one_in_another_order_is_the_same()
    {
        SafeTensors.Write(
            File, [new("a", [2], [1, 2]), new("b", [1], [3])], new Dictionary<string, string> { ["k"] = "v" }, isChecked: true);
        SafeTensorsFile read = SafeTensors.Read(File);
        Assert.Equal(["k"], read.Metadata.Keys);
        string text = Encoding.Latin1.GetString(System.IO.File.ReadAllBytes(File));
        string sum = text.Split("\"sha256\":\"")[1][..64];
        string header = "{\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[2],"
            + $"\"data_offsets\":[4,12]}},\"__metadata__\":{{\"sha256\":\"{sum}\",\"k\":\"v\"}}}}";
        byte[] data = System.IO.File.ReadAllBytes(File)[^12..];
        System.IO.File.WriteAllBytes(
            File, [.. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header), .. data[8..], .. data[..8]]);
        Assert.Equal([3, 1, 2], SafeTensors.Read(File).Tensors.SelectMany(t => t.Values));
        SafeTensors.Write(File, read.Tensors, read.Metadata);
        Assert.Equal([1, 2, 3], SafeTensors.Read(File).Tensors.SelectMany(t => t.Values));
    }

    [Fact]
    public void A_header_of_more_than_ten_megabytes_or_of_great_depth_is_refused()
    {
        using (FileStream sparse = System.IO.File.Create(File))
        {
            sparse.Write(BitConverter.GetBytes(10_000_001L));
            sparse.SetLength(90_000_000);
        }
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(
            "header of 10000001 bytes is longer than the 10000000 that are read",
            Assert.Throws<InvalidDataException>(() => SafeTensors.Read(File)).Message,
            StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        System.IO.File.WriteAllBytes(File, [.. BitConverter.GetBytes(long.MaxValue), 1, 2, 3]);
        Assert.Contains(
            "header claims 9223372036854775807 bytes, the file has 11",
            Assert.Throws<InvalidDataException>(() => SafeTensors.Read(File)).Message,
            StringComparison.Ordinal);
        string deep = $"{{\"a\":{new string('[', 20)}{new string(']', 20)}}}";
        System.IO.File.WriteAllBytes(File, [.. BitConverter.GetBytes((long)deep.Length), .. Encoding.UTF8.GetBytes(deep)]);
        Assert.Contains("not JSON", Assert.Throws<InvalidDataException>(() => SafeTensors.Read(File)).Message, StringComparison.Ordinal);
    }

    private static string Words(TrainingState state)
    {
        LearnerState tensors = state.ToTensors();
        return string.Join(
            ';',
            tensors.Tensors.Select(t => $"{t.Name}={string.Join(',', t.Values.Select(v => BitConverter.DoubleToInt64Bits(v)))}")
                .Concat(tensors.Words.Select(w => $"{w.Key}={w.Value}")).Order(StringComparer.Ordinal));
    }
}
