using System.Globalization;
using Attractor.Data;
using Attractor.Systems;

namespace Attractor.Cli.Tests;

/// <summary>Rows that stay on disk.</summary>
public sealed class StreamedRowsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ngrc", "data.npy", "")]
    [InlineData("ngrc", "data.csv", "")]
    [InlineData("ngrc", "data.parquet", "")]
    [InlineData("ngrc", "data.npy", "--select validation --delays 3 --stride 2")]
    [InlineData("ngrc", "data.npy", "--noise 0 --standardize no")]
    [InlineData("ngrc", "gaps.csv", "--orders 2,3")]
    [InlineData("esn", "data.npy", "--units 40")]
    [InlineData("esn", "data.parquet", "--units 40 --select validation --intercept free --readout squares --readout-input yes")]
    [InlineData("esn", "data.csv", "--units 30 --layers 2 --state-noise 0.01 --washout 50 --columns 3,x")]
    [InlineData("esn", "gaps.csv", "--units 40 --washout 100")]
    [InlineData("vae", "data.npy", "--layers 8 --latent 2 --epochs 2 --batch 50")]
    [InlineData("vae", "gaps.csv", "--layers 8 --latent 2 --epochs 2 --batch 500 --importance-samples 3 --precision float64")]
    public void The_model_is_that_of_rows_in_memory_to_the_bit(string model, string file, string options)
    {
        // More than a block of rows, in the units of hectopascals.
        TimeSeries orbit = Lorenz63.Default.Simulate(9000, 0.02, seed: 5);
        double[] values = [.. orbit.Values.ToArray().Select(v => 1013 + (0.25 * v))];
        if (file.StartsWith("gaps", StringComparison.Ordinal))
            for (int i = 50; i < values.Length; i += 997)
                values[i] = double.NaN;
        SeriesFile.Write(_folder.File(file), new TimeSeries(values, 3, 1, ["x", "y", "z"]));
        string[] line = ["train", model, file, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        if (model != "vae")
            line = [.. line, "--verdict", "no"];
        Command.Run(_folder.Path, [.. line, "-o", "MEMORY"]).Succeeds();
        Command.Run(_folder.Path, [.. line, "--stream", "yes", "-o", "DISK"]).Succeeds();
        byte[] memory = File.ReadAllBytes(_folder.File("MEMORY/model.safetensors"));
        Assert.Equal(memory, File.ReadAllBytes(_folder.File("DISK/model.safetensors")));
        // Its warm-up takes rows without gaps.
        string[] use = model == "vae" ? ["evaluate", "DISK"] : ["generate", "DISK", "--from", file, "--start", "400", "--steps", "5"];
        Command.Run(_folder.Path, use).Succeeds();
    }

    [Theory]
    [InlineData("esn", "--units 40 --washout 100")]
    [InlineData("ngrc", "--noise 0.01 --seed 7")]
    [InlineData("ngrc", "--noise 0")]
    public void Trials_of_a_file_are_recordings_of_their_own(string model, string options)
    {
        int[] lengths = [900, 300, 60, 1200];
        string[] rows = [.. lengths.SelectMany((length, k) => Lorenz63.Default.Simulate(length, 0.02, seed: (ulong)k).Values.ToArray()
            .Chunk(3).Select(row => FormattableString.Invariant($"{row[0]:R},s{k},{row[1]:R},{row[2]:R}")))];
        File.WriteAllLines(_folder.File("trials.csv"), ["x,subject,y,z", .. rows]);
        string[] line = ["train", model, "trials.csv", .. options.Split(' '), "--verdict", "no"];
        foreach ((string trial, string run) in ((string, string)[])[("subject", "NAMED"), ("2", "NUMBERED")])
            Command.Run(_folder.Path, [.. line, "--trial", trial, "--stream", "yes", "-o", run]).Succeeds();
        Command.Run(_folder.Path, [.. line, "--trial", "subject", "-o", "MEMORY"]).Succeeds();
        byte[] memory = File.ReadAllBytes(_folder.File("MEMORY/model.safetensors"));
        Assert.Equal(memory, File.ReadAllBytes(_folder.File("NAMED/model.safetensors")));
        Assert.Equal(memory, File.ReadAllBytes(_folder.File("NUMBERED/model.safetensors")));
        File.AppendAllText(_folder.File("trials.csv"), "1,s0,2,3\n");
        Command.Run(_folder.Path, [.. line, "--trial", "subject", "--stream", "yes", "-o", "A"])
            .IsBadInput("trials.csv", "rows of the trial 's0' lie apart, again from row 2460", "sort the rows by 'subject'");
        Command.Run(_folder.Path, "train", "vae", "digits", "--stream", "yes", "-o", "A").IsBadInput("--stream is for tables");
    }

    [Fact]
    public void A_stretch_shorter_than_the_washout_is_refused_before_it_is_learnt()
    {
        string[] rows = [.. Enumerable.Range(0, 300).Select(t => t % 20 == 0 ? "NaN" : (t % 7).ToString(CultureInfo.InvariantCulture))];
        File.WriteAllLines(_folder.File("short.csv"), rows);
        Command.Run(_folder.Path, "train", "esn", "short.csv", "--units", "10", "--washout", "30", "--stream", "yes", "-o", "A")
            .IsBadInput("The longest stretch without missing values has 19 rows", "--washout");
    }

    [Fact]
    public void Columns_may_be_named_and_what_takes_all_rows_is_refused()
    {
        TimeSeries orbit = Lorenz63.Default.Simulate(500, 0.02, seed: 5);
        SeriesFile.Write(_folder.File("data.csv"), new TimeSeries(orbit.Values.ToArray(), 3, 1, ["x", "y", "z"]));
        string[] line = ["train", "ngrc", "data.csv", "--verdict", "no", "--stream", "yes"];
        Command.Run(_folder.Path, [.. line, "--columns", "z,x", "-o", "RUN"]).Succeeds();
        Assert.Contains("\"z\",", File.ReadAllText(_folder.File("RUN/config.json")), StringComparison.Ordinal);
        Command.Run(_folder.Path, [.. line, "--columns", "z,w", "-o", "A"]).IsBadInput("data.csv", "no column 'w'");
        Command.Run(_folder.Path, [.. line, "--resample", "0.01", "-o", "A"])
            .IsBadInput("--stream takes rows as they stand in the file: leave --resample out");
    }
}
