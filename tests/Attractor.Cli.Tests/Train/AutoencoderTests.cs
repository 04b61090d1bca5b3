using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Attractor.Data;

namespace Attractor.Cli.Tests;

public sealed class AutoencoderTests : IDisposable
{
    private const int Pixels = ImageFiles.Side * ImageFiles.Side;

    private static readonly string[] s_small = ["--layers", "16", "--latent", "4", "--epochs", "3", "--batch", "50", "--seed", "3"];

    private readonly TemporaryFolder _folder = new();

    public AutoencoderTests()
    {
        ImageFiles.Write(_folder.File("train.idx.gz"), _folder.File("train-labels.idx"));
        ImageFiles.Write(_folder.File("test.idx"), _folder.File("test-labels.idx.gz"), count: 80, seed: 2);
        ImageFiles.WriteTable(_folder.File("table.npy"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_training_on_images_says_in_json_what_became_of_every_epoch()
    {
        JsonElement json = TrainImages(
            "RUN",
            "--json",
            "--test-images",
            "test.idx",
            "--test-labels",
            "test-labels.idx.gz",
            "--labels",
            "train-labels.idx").Succeeds().Json;
        Assert.Equal("vae", json.GetProperty("model").GetString());
        Assert.Equal(Pixels, json.GetProperty("observed").GetInt32());
        Assert.Equal(4, json.GetProperty("latent").GetInt32());
        Assert.Equal([16], json.GetProperty("layers").EnumerateArray().Select(l => l.GetInt32()));
        Assert.Equal((16 * (Pixels + 1)) + (2 * 4 * 17) + (16 * 5) + (Pixels * 17), json.GetProperty("parameters").GetInt32());
        Assert.Equal(300, json.GetProperty("samples").GetInt32());
        Assert.Equal(80, json.GetProperty("test_samples").GetInt32());
        Assert.Equal("completed", json.GetProperty("ending").GetString());
        Assert.Equal(3 * 6, json.GetProperty("updates").GetInt64());
        Assert.Equal(0, json.GetProperty("divergences").GetInt32());
        JsonElement[] epochs = [.. json.GetProperty("epochs").EnumerateArray()];
        Assert.Equal([1, 2, 3], epochs.Select(e => e.GetProperty("epoch").GetInt32()));
        foreach (JsonElement epoch in epochs)
        {
            double loss = Number(epoch, "loss");
            Assert.Equal(Number(epoch, "reconstruction") + Number(epoch, "divergence"), loss, 1e-3);
            // Six batches, whose sum the tutorials divide by five.
            Assert.Equal(loss * 6 / 5, Number(epoch, "loss_one_batch_fewer"), 1e-9);
            Assert.True(Number(epoch, "test_elbo") < 0);
            Assert.Equal(1, Number(epoch, "beta"));
        }
        Assert.True(Number(epochs[2], "loss") < Number(epochs[0], "loss"));
        Assert.Equal(Number(epochs[2], "loss"), Number(json, "loss"));
        Assert.Equal(Number(epochs[2], "test_elbo"), Number(json, "test_elbo"));
    }

    [Fact]
    public void A_run_folder_has_the_files_of_a_run()
    {
        Outcome outcome = TrainImages("RUN").Succeeds();
        Assert.EndsWith("next: attractor report RUN, attractor generate RUN\n", outcome.Output, StringComparison.Ordinal);
        foreach (string file in (string[])["config.json", "metrics.jsonl", "model.safetensors", "checkpoint/state.safetensors"])
            Assert.True(File.Exists(_folder.File($"RUN/{file}")), file);
        JsonElement[] epochs = [.. File.ReadLines(_folder.File("RUN/metrics.jsonl")).Select(l => JsonDocument.Parse(l).RootElement)];
        Assert.Equal(3, epochs.Length);
        JsonElement config = JsonDocument.Parse(File.ReadAllText(_folder.File("RUN/config.json"))).RootElement;
        Assert.Equal("bernoulli", config.GetProperty("observation").GetString());
        Assert.Equal("round", config.GetProperty("binarize").GetString());
        // From any other folder, too.
        Assert.Equal(_folder.File("train.idx.gz"), config.GetProperty("images").GetString());
    }

    [Theory]
    [InlineData("table.npy")]
    [InlineData("table.csv")]
    public void A_table_is_learnt_row_by_row_with_a_gaussian_decoder(string file)
    {
        ImageFiles.WriteTable(_folder.File(file));
        ImageFiles.WriteTable(_folder.File("other.npy"), rows: 60, seed: 2);
        JsonElement json = Command.Run(
            _folder.Path,
            ["train", "vae", file, "-o", "RUN", "--test-data", "other.npy", "--json", "--layers", "16", "--epochs", "4", "--batch", "50"])
            .Succeeds().Json;
        Assert.Equal(4, json.GetProperty("observed").GetInt32());
        Assert.Equal(2, json.GetProperty("latent").GetInt32());
        Assert.Equal(60, json.GetProperty("test_samples").GetInt32());
        JsonElement config = JsonDocument.Parse(File.ReadAllText(_folder.File("RUN/config.json"))).RootElement;
        Assert.Equal("gaussian", config.GetProperty("observation").GetString());
        Assert.Equal(JsonValueKind.Null, config.GetProperty("binarize").ValueKind);
        Command.Run(_folder.Path, "generate", "RUN", "--draw", "--count", "7", "-o", "drawn.csv").Succeeds();
        Assert.Equal((7, 4), Size("drawn.csv"));
        Assert.Equal(
            60, Command.Run(_folder.Path, "evaluate", "RUN", "--draws", "1", "--json").Succeeds().Json.GetProperty("samples").GetInt32());
        Command.Run(_folder.Path, "generate", "RUN", "-o", "picture.png").IsBadInput("pixels of an image", "picture.npy");
        Command.Run(_folder.Path, "report", "RUN").Succeeds();
        Assert.Contains("Data and samples", File.ReadAllText(_folder.File("RUN/report.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train.npy")]
    [InlineData("train.csv")]
    public void Images_may_be_the_rows_of_a_table(string file)
    {
        ImageFiles.Write(_folder.File(file));
        JsonElement json = Command.Run(_folder.Path, ["train", "vae", "--images", file, "-o", "RUN", "--json", .. s_small]).Succeeds().Json;
        JsonElement other = TrainImages("IDX", "--json").Succeeds().Json;
        Assert.Equal(Number(other, "loss"), Number(json, "loss"));
    }

    [Fact]
    public void Samples_come_as_a_picture_or_as_numbers_that_depend_on_the_seed()
    {
        TrainImages("RUN").Succeeds();
        Command.Run(_folder.Path, "generate", "RUN", "--count", "10").Succeeds();
        // Ten images in a square of four columns and three rows, magnified twice, a line of pixels between them.
        (int width, int height) = PictureSize("generated.png");
        Assert.True(width >= 4 * 2 * ImageFiles.Side && height >= 3 * 2 * ImageFiles.Side && width > height, $"{width} x {height}");
        foreach ((string file, string seed) in ((string, string)[])[("a.npy", "5"), ("b.npy", "5"), ("c.npy", "6"), ("d.csv", "5")])
            Command.Run(_folder.Path, "generate", "RUN", "--count", "10", "--seed", seed, "-o", file).Succeeds();
        Assert.Equal((10, Pixels), Size("a.npy"));
        Assert.Equal(Values("a.npy"), Values("b.npy"));
        Assert.Equal(Values("a.npy"), Values("d.csv"));
        Assert.NotEqual(Values("a.npy"), Values("c.npy"));
        Assert.All(Values("a.npy"), v => Assert.InRange(v, 0, 1));
        JsonElement drawn = Command.Run(_folder.Path, "generate", "RUN", "--count", "10", "--draw", "-o", "drawn.npy", "--json")
            .Succeeds().Json;
        Assert.True(drawn.GetProperty("drawn").GetBoolean());
        Assert.All(Values("drawn.npy"), v => Assert.True(v is 0 or 1));
    }

    [Fact]
    public void Reconstructions_and_interpolations_have_the_rows_that_were_asked_for()
    {
        TrainImages("RUN").Succeeds();
        JsonElement json = Command.Run(_folder.Path, "reconstruct", "RUN", "test.idx", "--count", "20", "-o", "r.npy", "--json")
            .Succeeds().Json;
        Assert.Equal(20, json.GetProperty("count").GetInt32());
        Assert.Equal((20, Pixels), Size("r.npy"));
        double[] originals = [.. File.ReadAllBytes(_folder.File("test.idx"))[16..].Take(20 * Pixels).Select(b => b >= 128 ? 1.0 : 0)];
        double error = originals.Zip(Values("r.npy"), (a, b) => (a - b) * (a - b)).Average();
        Assert.Equal(error, Number(json, "mean_squared_error"), 1e-6);
        Assert.Equal(80, Command.Run(_folder.Path, "reconstruct", "RUN", "test.idx", "--count", "1000", "--json")
            .Succeeds().Json
            .GetProperty("count")
            .GetInt32());
        Assert.True(PictureSize("reconstructions.png").Width > 0);

        Command.Run(_folder.Path, "interpolate", "RUN", "test.idx", "--from", "3", "--to", "9", "--steps", "5", "-o", "way.npy").Succeeds();
        double[] way = Values("way.npy"), reconstructed = Values("r.npy");
        Assert.Equal(5 * Pixels, way.Length);
        for (int i = 0; i < Pixels; i++)
        {
            Assert.Equal(reconstructed[(3 * Pixels) + i], way[i], 1e-5);
            Assert.Equal(reconstructed[(9 * Pixels) + i], way[(4 * Pixels) + i], 1e-5);
        }
        Command.Run(_folder.Path, "interpolate", "RUN", "--steps", "6").Succeeds();
        Assert.True(PictureSize("interpolation.png").Width > 6 * ImageFiles.Side);
    }

    [Fact]
    public void Bounds_grow_with_the_importance_samples()
    {
        TrainImages("RUN", "--epochs", "10").Succeeds();
        JsonElement json = Command.Run(_folder.Path, "evaluate", "RUN", "test.idx", "--draws", "1,10,200", "--json").Succeeds().Json;
        double[] bounds = [.. json.GetProperty("bounds").EnumerateArray().Select(b => Number(b, "log_likelihood_bound"))];
        Assert.True(bounds[0] < bounds[1] && bounds[1] < bounds[2], string.Join(" ", bounds));
        Assert.Equal([1, 10, 200], json.GetProperty("bounds").EnumerateArray().Select(b => b.GetProperty("draws").GetInt32()));
        Assert.All(json.GetProperty("bounds").EnumerateArray(), b => Assert.True(Number(b, "standard_error") > 0));
        Assert.Equal(80, json.GetProperty("samples").GetInt32());
        Assert.InRange(json.GetProperty("active_units").GetInt32(), 0, json.GetProperty("latent").GetInt32());
        Outcome text = Command.Run(_folder.Path, "evaluate", "RUN", "test.idx", "--draws", "1,10", "--samples", "30").Succeeds();
        Assert.Contains("K = 1 (ELBO)", text.Output, StringComparison.Ordinal);
        Assert.EndsWith("next: attractor report RUN\n", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_is_one_file_with_its_pictures_inside()
    {
        TrainImages("RUN", "--labels", "train-labels.idx", "--test-images", "test.idx", "--test-labels", "test-labels.idx.gz").Succeeds();
        Command.Run(_folder.Path, "report", "RUN").Succeeds();
        string html = File.ReadAllText(_folder.File("RUN/report.html"));
        foreach (string words in (string[])[
            "data:image/png;base64,", "How good it is", "Reconstructions", "Samples", "Latent variables", "What the latent variables do",
            "Configuration", "How to go on",
            "The first 32 test images", "coloured by their labels", "K = 100"])
            Assert.Contains(words, html, StringComparison.Ordinal);
        Command.Run(_folder.Path, "report", "RUN", "--data", "train.idx.gz", "-o", "other.html").Succeeds();
        Assert.Contains("given images", File.ReadAllText(_folder.File("other.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bare_file_generates_and_reconstructs_but_knows_no_data()
    {
        TrainImages("RUN").Succeeds();
        File.Copy(_folder.File("RUN/model.safetensors"), _folder.File("model.safetensors"));
        Command.Run(_folder.Path, "generate", "model.safetensors", "-o", "a.npy").Succeeds();
        Command.Run(_folder.Path, "generate", "RUN", "-o", "b.npy").Succeeds();
        Assert.Equal(Values("b.npy"), Values("a.npy"));
        Command.Run(_folder.Path, "reconstruct", "model.safetensors", "test.idx").Succeeds();
        Command.Run(_folder.Path, "reconstruct", "model.safetensors").IsBadInput("model.safetensors", "name a file of data");
        Command.Run(_folder.Path, "evaluate", "model.safetensors").IsBadInput("model.safetensors", "name a file of data");
    }

    private Outcome TrainImages(string run, params string[] settings)
        => Command.Run(_folder.Path, ["train", "vae", "--images", "train.idx.gz", "-o", run, .. Without(s_small, settings), .. settings]);

    // What is said twice is an error.
    private static string[] Without(string[] defaults, string[] settings)
        => [.. defaults.Chunk(2).Where(pair => !settings.Contains(pair[0])).SelectMany(pair => pair)];

    private double[] Values(string file) => SeriesFile.Read(_folder.File(file), 1).Values.ToArray();

    private (int Rows, int Columns) Size(string file)
    {
        TimeSeries table = SeriesFile.Read(_folder.File(file), 1);
        return (table.Length, table.Dimension);
    }

    private (int Width, int Height) PictureSize(string file)
    {
        byte[] png = File.ReadAllBytes(_folder.File(file));
        Assert.Equal("PNG", Encoding.ASCII.GetString(png, 1, 3));
        return (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
    }

    private static double Number(JsonElement json, string key) => json.GetProperty(key).GetDouble();
}
