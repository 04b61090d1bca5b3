using System.Text;
using Attractor.Data;

namespace Attractor.Cli.Tests;

public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public BadInputTests()
    {
        _folder.WriteData();
        Directory.CreateDirectory(_folder.File("EMPTY"));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("trian", "did you mean train")]
    [InlineData("train clipped-shplrn data.npy", "did you mean clipped-shplrnn")]
    [InlineData("train shplrnn data.npy --latnet 3", "did you mean --latent")]
    [InlineData("train shplrnn missing.npy", "missing.npy")]
    [InlineData("train shplrnn EMPTY", "EMPTY: holds no file of data")]
    [InlineData("train shplrnn data.npy --latent 0", "--latent")]
    [InlineData("train shplrnn data.npy --latent 1", "--latent")]
    [InlineData("train shplrnn data.npy --hidden 0", "--hidden")]
    [InlineData("train shplrnn data.npy --hidden -5", "--hidden")]
    [InlineData("train shplrnn data.npy --hidden 2000000", "--hidden")]
    [InlineData("train shplrnn data.npy --latent 2000000", "--latent")]
    [InlineData("train plrnn data.npy --hidden 10", "--hidden")]
    [InlineData("train plrnn data.npy --latent 100000", "too many weights")]
    [InlineData("train shplrnn data.npy --updates 0", "--updates")]
    [InlineData("train shplrnn data.npy --batch 0", "--batch")]
    [InlineData("train shplrnn data.npy --sequence -1", "--sequence")]
    [InlineData("train shplrnn data.npy --sequence 20 --warm-up 20", "warm-up")]
    [InlineData("train shplrnn data.npy --sequence 400", "401")]
    [InlineData("train shplrnn data.npy --alpha 2", "alpha")]
    [InlineData("train shplrnn data.npy --alpha abc", "--alpha")]
    [InlineData("train shplrnn data.npy --interval 0 --forcing stf", "--interval")]
    [InlineData("train shplrnn data.npy --lr 0", "--lr")]
    [InlineData("train shplrnn data.npy --optimizer radm", "did you mean radam")]
    [InlineData("train shplrnn data.npy --seeds 5..1", "--seeds")]
    [InlineData("train shplrnn data.npy --dt 0", "time step")]
    [InlineData("train shplrnn data.npy --seed -1", "--seed")]
    [InlineData("train shplrnn", "which data")]
    [InlineData("train --resume nowhere", "nowhere")]
    [InlineData("train --resume . --lr 5", "--resume")]
    [InlineData("train shplrnn data.npy --config data.npy", "JSON")]
    [InlineData("evaluate nowhere data.npy", "nowhere")]
    [InlineData("evaluate data.npy data.npy", "safetensors")]
    [InlineData("generate nowhere.safetensors", "nowhere")]
    [InlineData("lyapunov lorenz64", "lorenz63")]
    [InlineData("lyapunov lorenz63 --steps 0", "--steps")]
    [InlineData("simulate lorentz63", "lorenz63")]
    [InlineData("simulate lorenz63 --steps -4", "--steps")]
    [InlineData("simulate lorenz63 --dt 0", "--dt")]
    [InlineData("simulate lorenz63 --steps 10 -o nowhere/at/all.npy", "nowhere")]
    [InlineData("simulate lorenz63 --steps 10 -o data.xyz", "xyz")]
    [InlineData("reproduce teacher-forcin", "did you mean teacher-forcing")]
    [InlineData("demo --updates 0", "--updates")]
    [InlineData("", "which command")]
    public void A_bad_command_line_gets_one_line_that_says_how_to_mend_it(string line, string words)
        => Command.Run(_folder.Path, line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).IsBadInput(words);

    [Fact]
    public void Nothing_is_written_before_everything_has_been_checked()
    {
        Command.Run(_folder.Path, "train", "shplrnn", "data.npy", "--sequence", "4000", "-o", "RUN").IsBadInput("4001");
        Assert.False(Directory.Exists(_folder.File("RUN")));
    }

    [Theory]
    [InlineData("nan", "2 missing values", "row 7")]
    [InlineData("infinity", "infinite", "row 3")]
    [InlineData("constant", "constant", "x2")]
    [InlineData("column", "1 column", "2 variables")]
    [InlineData("truncated", "bad.npy", "")]
    [InlineData("corrupt", "bad.npy", "")]
    [InlineData("object", "object", "bad.npy")]
    [InlineData("rank", "bad.npy", "(2, 2, 2, 2)")]
    [InlineData("text", "line 2", "bad.csv")]
    public void Bad_data_gets_one_line_that_says_what_is_wrong_and_where(string what, string first, string second)
    {
        string file = _folder.File(what == "text" ? "bad.csv" : "bad.npy");
        TimeSeries good = SeriesFile.Read(_folder.File("data.npy"));
        double[] values = good.Values.ToArray();
        switch (what)
        {
            case "nan": values[14] = values[21] = double.NaN; break;
            case "infinity": values[7] = double.PositiveInfinity; break;
            case "constant":
                for (int t = 0; t < good.Length; t++)
                    values[(2 * t) + 1] = 4;
                break;
        }
        SeriesFile.Write(_folder.File("bad.npy"), new TimeSeries(values, 2));
        byte[] bytes = File.ReadAllBytes(_folder.File("bad.npy"));
        switch (what)
        {
            case "truncated": File.WriteAllBytes(file, bytes[..^100]); break;
            case "corrupt": File.WriteAllBytes(file, [.. bytes[..4], .. new byte[200]]); break;
            case "object": File.WriteAllBytes(file, Header("{'descr': '|O', 'fortran_order': False, 'shape': (3, 2), }")); break;
            case "rank":
                File.WriteAllBytes(
                file, [.. Header("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2, 2, 2), }"), .. new byte[128]]); break;
            case "text": File.WriteAllText(file, "1,2\n3,four\n5,6\n"); break;
            case "column":
                SeriesFile.Write(file, good.Columns(0));
                Command.Run(_folder.Path, "train", "shplrnn", "data.npy", "--updates", "1", "--sequence", "20", "-o", "RUN").Succeeds();
                Command.Run(_folder.Path, "evaluate", "RUN", "bad.npy").IsBadInput(first, second);
                return;
        }
        Command.Run(_folder.Path, "train", "shplrnn", file, "--sequence", "20").IsBadInput(first, second);
    }

    [Fact]
    public void Missing_values_can_be_skipped()
    {
        double[] values = SeriesFile.Read(_folder.File("data.npy")).Values.ToArray();
        values[300] = double.NaN;
        SeriesFile.Write(_folder.File("gap.npy"), new TimeSeries(values, 2));
        Command.Run(_folder.Path, "train", "shplrnn", "gap.npy", "--sequence", "20").IsBadInput("--missing skip");
        Command.Run(_folder.Path, "train", "shplrnn", "gap.npy", "--sequence", "20", "--missing", "skip", "--updates", "10").Succeeds();
    }

    [Fact]
    public void A_run_of_another_version_is_refused()
    {
        Command.Run(_folder.Path, "train", "shplrnn", "data.npy", "--updates", "1", "--sequence", "20", "-o", "RUN").Succeeds();
        string config = _folder.File("RUN/config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("\"format\": 1", "\"format\": 99", StringComparison.Ordinal));
        Command.Run(_folder.Path, "evaluate", "RUN", "data.npy").IsBadInput("99", "version 1");
        Command.Run(_folder.Path, "train", "shplrnn", "data.npy", "-o", "RUN", "--overwrite").IsBadInput("99");
    }

    [Theory]
    [InlineData("""{"\ud800": 3}""")]
    [InlineData("""{"optimizer": "\udc00"}""")]
    public void A_config_whose_text_is_not_Unicode_gets_one_line(string config)
    {
        File.WriteAllText(_folder.File("bad.json"), config);
        Command.Run(_folder.Path, "train", "shplrnn", "data.npy", "--config", "bad.json", "--sequence", "20").IsBadInput(
            "bad.json", "Unicode");
    }

    [Fact]
    public void Sizes_that_memory_cannot_hold_get_one_line()
        => Command.RunProcessIn(
            _folder.Path,
            new() { ["DOTNET_GCHeapHardLimit"] = "0x8000000" },
            "simulate",
            "lorenz63",
            "--steps",
            "100000000",
            "-o",
            "big.npy").IsBadInput("memory");

    [Fact]
    public void A_disk_that_is_full_when_a_run_goes_on_leaves_its_checkpoint_as_it_was()
    {
        string small = _folder.File("small");
        using SmallDisk disk = SmallDisk.Mount(small);
        string[] settings = ["--updates", "600", "--sequence", "20", "--hidden", "10", "--checkpoint-every", "100"];
        Command.Run(_folder.Path, ["train", "shplrnn", "data.npy", "-o", "small/RUN", .. settings]).Succeeds();
        byte[] model = File.ReadAllBytes(_folder.File("small/RUN/model.safetensors"));
        File.Delete(_folder.File("small/RUN/model.safetensors"));
        byte[] checkpoint = File.ReadAllBytes(_folder.File("small/RUN/checkpoint/state.safetensors"));
        disk.Fill();
        Command.Run(_folder.Path, "train", "--resume", "small/RUN").Fails("small/RUN", "free space, then", "--resume");
        Assert.Equal(checkpoint, File.ReadAllBytes(_folder.File("small/RUN/checkpoint/state.safetensors")));
        disk.Free();
        Command.Run(_folder.Path, "train", "--resume", "small/RUN").Succeeds();
        Assert.Equal(model, File.ReadAllBytes(_folder.File("small/RUN/model.safetensors")));
    }

    [Fact]
    public void A_word_with_a_line_break_makes_no_second_line()
    {
        Outcome outcome = Command.Run(_folder.Path, "simulate", "lorenz63", "--noise\n", "0.1");
        outcome.IsBadInput("--noise");
        Assert.Single(outcome.Errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public void A_disk_that_cannot_be_written_is_not_said_to_be_in_use()
    {
        using SmallDisk disk = SmallDisk.Mount(_folder.File("small"));
        Directory.CreateDirectory(_folder.File("small/RUN"));
        disk.MakeReadOnly();
        Command.Run(_folder.Path, "train", "shplrnn", "data.npy", "--sequence", "20", "-o", "small/RUN").IsBadInput("read-only");
    }

    [Fact]
    public void A_full_disk_gets_one_line()
    {
        string small = _folder.File("small");
        using SmallDisk disk = SmallDisk.Mount(small);
        Outcome outcome = Command.Run(_folder.Path, "simulate", "lorenz63", "--steps", "20000", "-o", "small/big.npy");
        outcome.Fails("big.npy", "free space, then repeat the command");
        Assert.Empty(Directory.GetFiles(small));
        Command.Run(
            _folder.Path, "train", "shplrnn", "data.npy", "--hidden", "9000", "--updates", "1", "--sequence", "5", "-o",
            "small/RUN").Fails("small/RUN", "free space");
    }

    private static byte[] Header(string dictionary)
    {
        string padded = dictionary.PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)padded.Length, 0, .. Encoding.ASCII.GetBytes(padded)];
    }
}
