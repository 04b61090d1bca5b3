using Attractor.Models;
using Attractor.Storage;
using Attractor.Tests.Models.Recurrent;
using FsCheck;
using FsCheck.Fluent;

namespace Attractor.Tests.Storage;

public sealed class ModelFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("attractor-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "file.safetensors");

    public static TheoryData<string> Kinds() => [.. LibraryCells.Kinds];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Random_bytes_are_read_or_refused()
        => Prop.ForAll<byte[]>(bytes =>
        {
            File.WriteAllBytes(Path, bytes);
            return Survives();
        }).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Mutated_files_are_read_or_refused(string kind)
    {
        ModelFile.Save(Path, RecurrentModel.Create(kind, RecurrentModelTests.Sizes(kind, 2, 3, 4)));
        byte[] good = Unsealed.Read(Path);
        Prop.ForAll(
            Gen.Choose(0, good.Length - 1).Two().ToArbitrary(), Gen.Choose(0, 255).ToArbitrary(), (at, value) =>
            {
                byte[] bad = [.. good];
                bad[at.Item1] = (byte)value;
                File.WriteAllBytes(Path, value % 3 == 0 ? bad[..at.Item2] : bad);
                return Survives();
            }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_model_comes_back_to_the_bit(string kind)
    {
        RecurrentModel model = RecurrentModel.Create(kind, RecurrentModelTests.Sizes(kind, 2, 5, 7), seed: 3);
        ModelFile.Save(Path, model);
        RecurrentModel read = ModelFile.Load<RecurrentModel>(Path);
        Assert.Equal(model.GetType(), read.GetType());
        Assert.Equal(model.Parameters.Values.ToArray(), read.Parameters.Values.ToArray());
        Assert.Equal(2, read.Observed);
    }

    [Fact]
    public void A_bare_file_with_the_papers_names_serves_as_a_model()
    {
        double[] w = [.. Enumerable.Range(0, 6).Select(i => i / 8.0)];
        SafeTensors.Write(
            Path,
            [new("W2", [2, 3], w), new("A", [3], [0.5, 0.5, 0.5]), new("W1", [3, 2], w), new("h1", [3], [1, 2, 3]), new("h2", [2], [4, 5])],
            new Dictionary<string, string> { ["model"] = "shplrnn" });
        RecurrentModel model = ModelFile.Load<RecurrentModel>(Path);
        Assert.Equal(3, model.Observed);
        double[] next = new double[3];
        model.Step([0, 0, 0], next);
        Assert.Equal([1 + (0 * 4) + (0.125 * 5), 2 + (0.25 * 4) + (0.375 * 5), 3 + (0.5 * 4) + (0.625 * 5)], next);
    }

    [Fact]
    public void A_bare_file_of_a_PLRNN_needs_only_A_W_and_h()
    {
        SafeTensors.Write(
            Path,
            [new("A", [2], [0.5, -0.5]), new("W", [2, 2], [0, 2, 3, 0]), new("h", [2], [10, 20])],
            new Dictionary<string, string> { ["model"] = "plrnn" });
        RecurrentModel model = ModelFile.Load<RecurrentModel>(Path);
        Assert.IsType<Plrnn>(model);
        Assert.Equal(2, model.Observed);
        double[] next = new double[2];
        model.Step([4, -1], next);
        Assert.Equal([(0.5 * 4) + 10, (-0.5 * -1) + (3 * 4) + 20], next);
    }

    [Fact]
    public void Weights_on_the_diagonal_of_a_PLRNN_are_taken_as_they_are()
    {
        SafeTensors.Write(
            Path,
            [new("A", [1], [0.5]), new("W", [1, 1], [-2]), new("h", [1], [1])],
            new Dictionary<string, string> { ["model"] = "plrnn" });
        double[] next = new double[1];
        ModelFile.Load<RecurrentModel>(Path).Step([4], next);
        Assert.Equal([(0.5 * 4) - (2 * 4) + 1], next);
    }

    [Theory]
    [InlineData("W", new[] { 3, 2 }, "W has the shape (3, 2), expected (3, 3)")]
    [InlineData("W", new[] { 9 }, "W has the shape (9), expected M x M")]
    [InlineData("A", new[] { 3, 3 }, "A has the shape (3, 3), expected (3)")]
    [InlineData("h", new[] { 2 }, "h has the shape (2), expected (3)")]
    [InlineData("L", new[] { 2, 2 }, "L has the shape (2, 2), expected (2, 1)")]
    [InlineData("W", null, "lacks the tensor W")]
    [InlineData("A", null, "lacks the tensor A")]
    [InlineData("h", null, "lacks the tensor h")]
    public void A_PLRNN_of_other_shapes_is_refused(string tensor, int[]? shape, string words)
    {
        List<SafeTensor> tensors =
        [
            new("A", [3], new double[3]),
            new("W", [3, 3], new double[9]),
            new("h", [3], new double[3]),
            new("L", [2, 1], new double[2])
        ];
        tensors.RemoveAll(t => t.Name == tensor);
        if (shape is not null)
            tensors.Add(new(tensor, shape, new double[shape.Aggregate((a, b) => a * b)]));
        SafeTensors.Write(Path, tensors, new Dictionary<string, string> { ["model"] = "plrnn", ["observed"] = "1" });
        Assert.Contains(
            words, Assert.Throws<InvalidDataException>(() => ModelFile.Load<RecurrentModel>(Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shplrnn")]
    [InlineData("clipped-shplrnn")]
    public void No_parameters_are_drawn_for_a_file_that_brings_them(string kind)
    {
        // Drawing them would take two matrices of 80 GB.
        const int M = 100_000;
        double[] vector = new double[M];
        SafeTensors.Write(
            Path,
            [new("A", [M], vector), new("W1", [M, 1], vector), new("W2", [1, M], vector), new("h1", [M], vector), new("h2", [1], [0])],
            new Dictionary<string, string> { ["model"] = kind });
        Assert.Equal(M, ModelFile.Load<RecurrentModel>(Path).Latent);
    }

    [Fact]
    public void A_file_without_the_initial_state_map_starts_the_other_units_at_zero()
    {
        SafeTensors.Write(
            Path, [new("A", [3], [1, 1, 1]), new("W1", [3, 1], [0, 0, 0]), new("W2", [1, 3], [0, 0, 0]), new("h1", [3], [0, 0, 0]), new(
                "h2", [1], [0])],
            new Dictionary<string, string> { ["model"] = "shplrnn", ["observed"] = "1" });
        double[] state = [9, 9, 9];
        ModelFile.Load<RecurrentModel>(Path).InitialState([7], state);
        Assert.Equal([7, 0, 0], state);
    }

    [Theory]
    [InlineData("plrnx", "known are")]
    [InlineData("shplrnn", "lacks the tensor")]
    public void A_model_that_is_not_whole_is_refused(string kind, string words)
    {
        SafeTensors.Write(Path, [new("W1", [3, 2], new double[6])], new Dictionary<string, string> { ["model"] = kind });
        Assert.Contains(
            words, Assert.Throws<InvalidDataException>(() => ModelFile.Load<RecurrentModel>(Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_small_file_that_claims_a_large_model_is_refused_before_the_model_is_made()
    {
        const int M = 100_000;
        Dictionary<string, string> metadata = new() { ["model"] = "shplrnn", ["observed"] = "50000" };
        SafeTensor[] tensors =
        [
            new("A", [M], new double[M]),
            new("W1", [M, 1], new double[M]),
            new("W2", [1, M], new double[M]),
            new("h1", [M], new double[M]),
            new("h2", [1], [0])
        ];
        SafeTensors.Write(Path, [tensors[1]], metadata);
        Assert.Contains(
            "lacks the tensor A",
            Assert.Throws<InvalidDataException>(() => ModelFile.Load<RecurrentModel>(Path)).Message,
            StringComparison.Ordinal);
        SafeTensors.Write(Path, [.. tensors[..2], new("W2", [1, 3], new double[3]), .. tensors[3..]], metadata);
        Assert.Contains(
            "W2 has the shape (1, 3), expected (1, 100000)",
            Assert.Throws<InvalidDataException>(() => ModelFile.Load<RecurrentModel>(Path)).Message,
            StringComparison.Ordinal);
        SafeTensors.Write(Path, tensors, metadata);
        Assert.Contains(
            "lacks the tensor L",
            Assert.Throws<InvalidDataException>(() => ModelFile.Load<RecurrentModel>(Path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_are_not_finite_are_refused_with_the_name_of_their_tensor()
    {
        SafeTensors.Write(
            Path, [new("A", [1], [1]), new("W1", [1, 1], [double.NaN]), new("W2", [1, 1], [0]), new("h1", [1], [0]), new("h2", [1], [0])],
            new Dictionary<string, string> { ["model"] = "shplrnn" });
        Assert.Contains(
            "W1 holds values that are not finite",
            Assert.Throws<InvalidDataException>(() => ModelFile.Load<RecurrentModel>(Path)).Message,
            StringComparison.Ordinal);
    }

    private bool Survives()
    {
        try
        {
            ModelFile.Load<RecurrentModel>(Path);
            return true;
        }
        catch (InvalidDataException e)
        {
            return !e.Message.Contains('\n', StringComparison.Ordinal);
        }
    }
}
