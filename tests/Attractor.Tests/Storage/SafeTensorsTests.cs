using System.Buffers.Binary;
using System.Text;
using Attractor.Learning;
using Attractor.Storage;

namespace Attractor.Tests.Storage;

public sealed class SafeTensorsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("attractor-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "file.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_has_the_bytes_of_the_specification()
    {
        SafeTensors.Write(Path, [new("b", [2], [1, -2.5])], new Dictionary<string, string> { ["k"] = "v" });
        string header = """{"__metadata__":{"k":"v"},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";
        header = header.PadRight((header.Length + 7) / 8 * 8);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        Assert.Equal([.. length, .. Encoding.UTF8.GetBytes(header), 0, 0, 0x80, 0x3F, 0, 0, 0x20, 0xC0], File.ReadAllBytes(Path));
    }

    [Fact]
    public void Values_that_float32_cannot_hold_are_kept_in_float64()
    {
        double[] values = [0.1, 1e-300, -0.0, double.MaxValue];
        SafeTensors.Write(Path, [new("a", [2, 2], values)], new Dictionary<string, string>());
        SafeTensor read = SafeTensors.Read(Path).Tensors.Single();
        Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), read.Values.Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal([2, 2], read.Shape);
    }

    [Theory]
    [InlineData("F16", new byte[] { 0, 0x3C, 0, 0xC1 }, 1, -2.5)]
    [InlineData("BF16", new byte[] { 0x80, 0x3F, 0x20, 0xC0 }, 1, -2.5)]
    public void Half_precisions_are_read(string type, byte[] data, double first, double second)
    {
        WriteRaw("""{"a":{"dtype":"TYPE","shape":[2],"data_offsets":[0,4]}}""".Replace("TYPE", type, StringComparison.Ordinal), data);
        Assert.Equal([first, second], SafeTensors.Read(Path).Find("a")!.Values);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "do not fit")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", "without a gap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "follow")]
    [InlineData("""{"a":{"dtype":"I8","shape":[8],"data_offsets":[0,8]}}""", "I8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483647,2147483647],"data_offsets":[0,8]}}""", "do not fit")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "shape")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", "dtype")]
    [InlineData("""{"a":1}""", "dtype")]
    [InlineData("""{"__metadata__":{"x":1}}""", "not a string")]
    [InlineData("""[1]""", "object")]
    [InlineData("""{"a":""", "JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}}""", "twice")]
    [InlineData("""{"__metadata__":{"x":"1","x":"2"}}""", "twice")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "JSON")]
    [InlineData("""{"__metadata__":{"model":"\udc00"}}""", "JSON")]
    [InlineData("""{"a":{"dtype":"\ud800","shape":[2],"data_offsets":[0,8]}}""", "JSON")]
    public void A_damaged_file_is_refused_with_what_is_wrong(string header, string words)
    {
        WriteRaw(header, new byte[8]);
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => SafeTensors.Read(Path));
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void A_header_length_beyond_the_file_is_refused_before_it_is_allocated()
    {
        File.WriteAllBytes(Path, [255, 255, 255, 255, 255, 255, 255, 127, 1, 2, 3]);
        Assert.Throws<InvalidDataException>(() => SafeTensors.Read(Path));
    }

    [Fact]
    public void A_checkpoint_comes_back_to_the_bit()
    {
        TrainingState state = new()
        {
            Update = 12_345,
            Parameters = [0.1, 2, 3],
            Moments = [[1e-40, 2, 3], [4, 5, 6]],
            LearningRateScale = 0.125,
            Divergences = 3,
        };
        Checkpoint.Save(Path, state);
        TrainingState read = Checkpoint.Load(Path);
        Assert.Equal((state.Update, state.LearningRateScale, state.Divergences), (read.Update, read.LearningRateScale, read.Divergences));
        Assert.Equal(state.Parameters, read.Parameters);
        Assert.Equal(state.Moments, read.Moments);
    }

    private void WriteRaw(string header, byte[] data)
    {
        byte[] text = Encoding.UTF8.GetBytes(header), length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        File.WriteAllBytes(Path, [.. length, .. text, .. data]);
    }
}
