namespace Attractor.Cli.Tests;

/// <summary>What cannot be asked of a trained variational autoencoder.</summary>
public sealed class AutoencoderQuestionTests(AutoencoderQuestionTests.Trained trained) : IClassFixture<AutoencoderQuestionTests.Trained>
{
    [Theory]
    [InlineData("generate RUN --count 0", "--count")]
    [InlineData("generate RUN --count 2000000000 -o x.npy", "memory")]
    [InlineData("generate RUN --seed -1", "--seed")]
    [InlineData("generate RUN --steps 10", "--count")]
    [InlineData("generate RUN --from train.idx", "--from")]
    [InlineData("generate RUN --cuont 10", "did you mean --count")]
    [InlineData("reconstruct RUN --cuont 10", "did you mean --count")]
    [InlineData("reconstruct RUN --cuont", "did you mean --count")]
    [InlineData("evaluate RUN --dt 2", "--dt")]
    [InlineData("evaluate RUN --reference train.idx", "--reference")]
    [InlineData("report RUN --dt 2", "--dt")]
    [InlineData("generate RUN -o x.xyz", "xyz")]
    [InlineData("generate RUN -o nowhere/at/all.png", "nowhere")]
    [InlineData("reconstruct RUN large.idx", "49 variables, the model observes 36")]
    [InlineData("reconstruct RUN table.npy", "table.npy")]
    [InlineData("reconstruct RUN labels.idx", "labels.idx")]
    [InlineData("reconstruct RUN --count 0", "--count")]
    [InlineData("reconstruct RUN missing.idx", "missing.idx")]
    [InlineData("interpolate RUN --to 300", "--to must be a row of the data, 0 to 299")]
    [InlineData("interpolate RUN --from -1", "--from must be a row of the data, 0 to 299")]
    [InlineData("interpolate RUN --steps 1", "--steps")]
    [InlineData("evaluate RUN --draws 0", "--draws")]
    [InlineData("evaluate RUN --draws 1,,5", "--draws")]
    [InlineData("evaluate RUN --draws many", "--draws")]
    [InlineData("evaluate RUN --samples 0", "--samples")]
    [InlineData("evaluate RUN --seed -1", "--seed")]
    [InlineData("evaluate RUN large.idx", "49 variables, the model observes 36")]
    [InlineData("report RUN --data large.idx", "49 variables, the model observes 36")]
    [InlineData("report RUN --labels labels.idx", "--data")]
    [InlineData("lyapunov RUN", "no dynamics")]
    [InlineData("cycles RUN", "no dynamics")]
    [InlineData("dimension RUN", "train.idx")]
    public void A_question_without_an_answer_gets_one_line_and_leaves_nothing(string line, string words)
    {
        string[] before = Entries();
        Command.Run(trained.Folder.Path, line.Split(' ')).IsBadInput(words);
        Assert.Equal(before, Entries());
    }

    [Theory]
    [InlineData("reconstruct SERIES", "not a vae")]
    [InlineData("interpolate SERIES", "not a vae")]
    [InlineData("generate SERIES --count 3", "--count means nothing to a shplrnn: it runs for --steps rows")]
    [InlineData("evaluate SERIES data.npy --draws 3", "--draws means nothing to a shplrnn")]
    [InlineData("report SERIES --data data.npy --labels labels.idx", "--labels means nothing to a shplrnn")]
    public void A_model_of_series_is_not_asked_for_what_an_autoencoder_does(string line, string words)
        => Command.Run(trained.Folder.Path, line.Split(' ')).IsBadInput(words);

    private string[] Entries()
        => [.. Directory.GetFileSystemEntries(trained.Folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>A folder with a run on images, a run on a series, and files that fit neither.</summary>
    public sealed class Trained : IDisposable
    {
        public Trained()
        {
            ImageFiles.Write(Folder.File("train.idx"), Folder.File("labels.idx"));
            ImageFiles.Write(Folder.File("large.idx"), side: 7);
            ImageFiles.WriteTable(Folder.File("table.npy"));
            Folder.WriteData();
            Command.Run(
                Folder.Path, "train", "vae", "--images", "train.idx", "--layers", "8", "--latent", "2", "--epochs", "1", "-o",
                "RUN").Succeeds();
            Command.Run(Folder.Path, "train", "shplrnn", "data.npy", "--updates", "1", "--sequence", "20", "-o", "SERIES").Succeeds();
        }

        internal TemporaryFolder Folder { get; } = new();

        public void Dispose() => Folder.Dispose();
    }
}
