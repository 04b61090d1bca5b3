namespace Attractor.Cli.Tests;

/// <summary>Arguments that stand in a file, which a command line names as <c>@file</c>.</summary>
public sealed class ResponseFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ResponseFileTests() => _folder.WriteData();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Options_of_a_file_train_what_the_same_options_of_the_command_line_do()
    {
        string[] options = ["--latent", "5", "--hidden", "10", "--updates", "20", "--sequence", "20", "--lr", "0.002", "--seed", "7"];
        File.WriteAllText(_folder.File("options.rsp"), string.Join('\n', options.Chunk(2).Select(o => string.Join(' ', o))));

        Command.Run(_folder.Path, "train", "shplrnn", "data.npy", "@options.rsp", "-o", "FILE").Succeeds();
        Command.Run(_folder.Path, ["train", "shplrnn", "data.npy", .. options, "-o", "LINE"]).Succeeds();

        Assert.Equal(File.ReadAllText(_folder.File("LINE/config.json")), File.ReadAllText(_folder.File("FILE/config.json")));
        Assert.Equal(
            File.ReadAllBytes(_folder.File("LINE/model.safetensors")), File.ReadAllBytes(_folder.File("FILE/model.safetensors")));
    }

    // Which verb's settings are read depends on the verb, which here stands in the file.
    [Theory]
    [InlineData("train shplrnn data.npy --latent 5 --updates 20 --sequence 20 -o RUN")]
    [InlineData("search esn data.npy --units 20 --ridge 1e-6,1e-2 --repeats 1")]
    public void A_whole_command_may_stand_in_a_file(string line)
    {
        File.WriteAllLines(_folder.File("all.rsp"), ["# what is to be done", .. line.Split(' ')]);

        Command.Run(_folder.Path, "@all.rsp").Succeeds();
    }

    [Fact]
    public void A_file_of_options_is_read_for_a_verb_that_asks_a_model()
    {
        Command.Run(_folder.Path, "train", "esn", "data.npy", "--units", "20", "-o", "RUN").Succeeds();
        File.WriteAllText(_folder.File("generate.rsp"), "generate RUN\n--steps 30 -o orbit.npy");

        Command.Run(_folder.Path, "@generate.rsp").Succeeds();

        Assert.Equal(30, Data.SeriesFile.Read(_folder.File("orbit.npy")).Length);
    }

    [Fact]
    public void A_file_without_end_or_one_that_names_itself_is_refused()
    {
        File.WriteAllText(_folder.File("self.rsp"), "look data.npy @self.rsp");
        File.WriteAllText(_folder.File("large.rsp"), new string('a', 2_000_000));

        Command.Run(_folder.Path, "@self.rsp").IsBadInput("self.rsp", "name each other");
        Command.Run(_folder.Path, "look", "@large.rsp").IsBadInput("large.rsp", "at most 1048576 bytes");
        if (OperatingSystem.IsLinux())
            Command.Run(_folder.Path, "look", "@/dev/zero").IsBadInput("/dev/zero", "at most 1048576 bytes");
    }

    [Fact]
    public void A_slip_in_a_file_is_named_as_in_a_command_line()
    {
        File.WriteAllText(_folder.File("slip.rsp"), "--latnet 3");

        Command.Run(_folder.Path, "train", "shplrnn", "data.npy", "@slip.rsp").IsBadInput("--latnet", "did you mean --latent");
        Command.Run(_folder.Path, "train", "shplrnn", "data.npy", "@nowhere.rsp").IsBadInput("nowhere.rsp");
    }
}
