using System.Buffers.Binary;
using System.Text;
using Attractor.Learning;
using Attractor.Models.Recurrent;
using Attractor.Storage;
using FsCheck;
using FsCheck.Fluent;

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
    public void Random_bytes_are_read_or_refused()
        => Prop.ForAll<byte[]>(bytes =>
        {
            File.WriteAllBytes(Path, bytes);
            return Survives();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Mutated_files_are_read_or_refused()
    {
        ModelFile.Save(Path, new ShallowPlrnn(2, 3, 4));
        byte[] good = File.ReadAllBytes(Path);
        Prop.ForAll(
            Gen.Choose(0, good.Length - 1).Two().ToArbitrary(), Gen.Choose(0, 255).ToArbitrary(), (at, value) =>
            {
                byte[] bad = [.. good];
                bad[at.Item1] = (byte)value;
                File.WriteAllBytes(Path, value % 3 == 0 ? bad[..at.Item2] : bad);
                return Survives();
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_model_comes_back_to_the_bit()
    {
        ClippedShallowPlrnn model = new(2, 5, 7, seed: 3);
        ModelFile.Save(Path, model);
        RecurrentModel read = ModelFile.Load(Path);
        Assert.IsType<ClippedShallowPlrnn>(read);
        Assert.Equal(model.Parameters.Values.ToArray(), read.Parameters.Values.ToArray());
        Assert.Equal(2, read.Observed);
    }

    [Fact]
    public void A_bare_file_with_the_papers_names_serves_as_a_model()
    {
        double[] w = [.. Enumerable.Range(0, 6).Select(i => i / 8.0)];
        SafeTensors.Write(
            Path, [new("W2", [2, 3], w), new("A", [3], [0.5, 0.5, 0.5]), new("W1", [3, 2], w), new("h1", [3], [1, 2, 3]), new("h2", [2], [4, 5])],
            new Dictionary<string, string> { ["model"] = "shplrnn" });
        RecurrentModel model = ModelFile.Load(Path);
        Assert.Equal(3, model.Observed);
        double[] next = new double[3];
        model.Step([0, 0, 0], next);
        Assert.Equal([1 + (0 * 4) + (0.125 * 5), 2 + (0.25 * 4) + (0.375 * 5), 3 + (0.5 * 4) + (0.625 * 5)], next);
    }

    [Fact]
    public void A_file_without_the_initial_state_map_starts_the_other_units_at_zero()
    {
        SafeTensors.Write(
            Path, [new("A", [3], [1, 1, 1]), new("W1", [3, 1], [0, 0, 0]), new("W2", [1, 3], [0, 0, 0]), new("h1", [3], [0, 0, 0]), new("h2", [1], [0])],
            new Dictionary<string, string> { ["model"] = "shplrnn", ["observed"] = "1" });
        double[] state = [9, 9, 9];
        ModelFile.Load(Path).InitialState([7], state);
        Assert.Equal([7, 0, 0], state);
    }

    [Theory]
    [InlineData("plrnx", "known are")]
    [InlineData("shplrnn", "lacks the tensor")]
    public void A_model_that_is_not_whole_is_refused(string kind, string words)
    {
        SafeTensors.Write(Path, [new("W1", [3, 2], new double[6])], new Dictionary<string, string> { ["model"] = kind });
        Assert.Contains(words, Assert.Throws<InvalidDataException>(() => ModelFile.Load(Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_small_file_that_claims_a_large_model_is_refused_before_the_model_is_made()
    {
        const int M = 100_000;
        Dictionary<string, string> metadata = new() { ["model"] = "shplrnn", ["observed"] = "50000" };
        SafeTensor[] tensors = [new("A", [M], new double[M]), new("W1", [M, 1], new double[M]), new("W2", [1, M], new double[M]), new("h1", [M], new double[M]), new("h2", [1], [0])];
        SafeTensors.Write(Path, [tensors[1]], metadata);
        Assert.Contains("lacks the tensor A", Assert.Throws<InvalidDataException>(() => ModelFile.Load(Path)).Message, StringComparison.Ordinal);
        SafeTensors.Write(Path, [.. tensors[..2], new("W2", [1, 3], new double[3]), .. tensors[3..]], metadata);
        Assert.Contains("W2 has the shape (1, 3), expected (1, 100000)", Assert.Throws<InvalidDataException>(() => ModelFile.Load(Path)).Message, StringComparison.Ordinal);
        SafeTensors.Write(Path, tensors, metadata);
        Assert.Contains("lacks the tensor L", Assert.Throws<InvalidDataException>(() => ModelFile.Load(Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_are_not_finite_are_refused_with_the_name_of_their_tensor()
    {
        SafeTensors.Write(
            Path, [new("A", [1], [1]), new("W1", [1, 1], [double.NaN]), new("W2", [1, 1], [0]), new("h1", [1], [0]), new("h2", [1], [0])],
            new Dictionary<string, string> { ["model"] = "shplrnn" });
        Assert.Contains("W1 holds values that are not finite", Assert.Throws<InvalidDataException>(() => ModelFile.Load(Path)).Message, StringComparison.Ordinal);
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

    private bool Survives()
    {
        try
        {
            ModelFile.Load(Path);
            return true;
        }
        catch (InvalidDataException e)
        {
            return !e.Message.Contains('\n', StringComparison.Ordinal);
        }
    }

    private void WriteRaw(string header, byte[] data)
    {
        byte[] text = Encoding.UTF8.GetBytes(header), length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        File.WriteAllBytes(Path, [.. length, .. text, .. data]);
    }
}
