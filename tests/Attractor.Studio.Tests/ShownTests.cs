using Attractor.Learning;
using Attractor.Reports;
using Attractor.Runs;
using Attractor.Studio.Figures;
using Attractor.Studio.Folders;
using Attractor.Systems;

namespace Attractor.Studio.Tests;

/// <summary>What shows models that do not go on by themselves, at a checkpoint and at the end.</summary>
public sealed class ShownTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("attractor-studio-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_latent_plane_and_reconstructions_of_rows()
        => Holds("vae", new AutoencoderSettings { Layers = [8], Latent = 2, Epochs = 2 }, ["The latent plane", "Data and reconstructions"]);

    [Fact]
    public void Images_are_shown_as_pictures_that_can_be_saved()
    {
        RunWatch watch = Holds(
            "vae", new AutoencoderSettings { Layers = [8], Latent = 2, Epochs = 1 },
            ["The latent plane", "Originals, each above its reconstruction"], data: null);
        Picture picture = Assert.Single(watch.Shown!.Elements.OfType<Picture>());
        Assert.StartsWith("data:image/png;base64,iVBOR", PictureFiles.Png(picture), StringComparison.Ordinal);
        Assert.Contains(PictureFiles.Png(picture), PictureFiles.Svg(picture), StringComparison.Ordinal);
        string[] lines = PictureFiles.Csv(picture).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(picture.Raster.Height, lines.Length);
        Assert.All(lines, l => Assert.Equal(picture.Raster.Width * picture.Raster.Channels, l.Split(',').Length));
    }

    [Fact]
    public void The_latent_plane_and_reconstructions_of_sequences() => Holds(
        "seqvae",
        new SequentialSettings { Latent = 2, EncoderUnits = 4, EncoderHidden = 8, Window = 50, Epochs = 1 },
        ["The latent plane", "x", "y", "z"]);

    [Fact]
    public void The_components_and_the_bound_of_a_mixture() => Holds(
        "mixture",
        new MixtureSettings { Position = ["x", "y"], Components = 3, Sweeps = 4 },
        ["Rows and components", "Evidence lower bound", "What is left to gain"]);

    [Fact]
    public void The_path_of_a_readout()
    {
        RunWatch watch = Holds(
            "esn",
            new ReservoirSettings { Units = 20, Select = RidgeRule.Gcv },
            ["Readout path", "Degrees of freedom"],
            checkpoints: false);
        LineFigure path = watch.Shown!.Elements.OfType<LineFigure>().First();
        Assert.True(path.Curves[0].X.Count > 5);
        // The one that is taken is the one with the least score.
        IReadOnlyList<double> scores = path.Curves[0].Y;
        Assert.Equal(path.Curves[0].X[scores.ToList().IndexOf(scores.Min())], path.Mark!.Value.X);
        // It is no curve over updates.
        Assert.Empty(watch.Curves);
        Assert.NotNull(watch.Orbit);
    }

    [Fact]
    public void A_file_that_a_run_names_beside_its_data_is_not_read_outside_of_the_folder()
    {
        string outside = Directory.CreateTempSubdirectory("attractor-studio-").FullName, test = Path.Combine(outside, "test.csv");
        try
        {
            File.Copy(DataFile(), test);
            Train("vae", new AutoencoderSettings { Layers = [8], Latent = 2, Epochs = 1, TestData = test }, DataFile());
            RunWatch watch = Watch();
            watch.Regrow();
            Assert.Null(watch.Shown);
            Assert.Contains("--data FOLDER", watch.WhyNoOrbit, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(outside, recursive: true);
        }
    }

    private RunWatch Holds(string kind, ModelSettings settings, string[] titles, string? data = "data.csv", bool checkpoints = true)
    {
        string run = Train(kind, settings, data is null ? null : DataFile());
        RunWatch trained = Watch();
        Assert.True(trained.Regrow(), trained.WhyNoOrbit);
        Assert.Null(trained.Shown!.Update);
        Assert.Equal(titles, Titles(trained));
        if (!checkpoints)
            return trained;
        File.Delete(Path.Combine(run, "model.safetensors"));
        RunWatch training = Watch();
        Assert.True(training.Regrow(), training.WhyNoOrbit);
        Assert.True(training.Shown!.Update > 0);
        Assert.Equal(titles, Titles(training));
        return trained;
    }

    private static IEnumerable<string> Titles(RunWatch watch) => watch.Shown!.Elements
        .Select(e => e is Figure figure ? figure.Title : ((Picture)e).Title);

    private string Train(string kind, ModelSettings settings, string? data)
    {
        string path = Path.Combine(_folder, "run");
        using Run run = Run.Start(path, kind, data, settings);
        Assert.NotEqual(TrainingEnding.Diverged, run.Train(cancellationToken: TestContext.Current.CancellationToken).Ending);
        return path;
    }

    private string DataFile()
    {
        string file = Path.Combine(_folder, "data.csv");
        if (!File.Exists(file))
            Data.SeriesFile.Write(file, Lorenz63.Default.Simulate(400, 0.02));
        return file;
    }

    private RunWatch Watch()
    {
        StudioFolder folder = new(new() { Folder = _folder, Command = [] });
        using RunList runs = new(folder);
        RunWatch watch = new(folder, runs, "run");
        watch.Look();
        return watch;
    }
}
