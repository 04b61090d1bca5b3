using Attractor.Data;
using Attractor.Systems;

namespace Attractor.Cli.Tests;

/// <summary>Rows that stay on disk.</summary>
public sealed class StreamedRowsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("data.npy", "")]
    [InlineData("data.csv", "")]
    [InlineData("data.parquet", "")]
    [InlineData("data.npy", "--select validation --delays 3 --stride 2")]
    [InlineData("data.npy", "--noise 0 --standardize no")]
    [InlineData("gaps.csv", "--orders 2,3")]
    public void The_model_is_that_of_rows_in_memory_to_the_bit(string file, string options)
    {
        // More than a block of rows, in the units of hectopascals.
        TimeSeries orbit = Lorenz63.Default.Simulate(9000, 0.02, seed: 5);
        double[] values = [.. orbit.Values.ToArray().Select(v => 1013 + (0.25 * v))];
        if (file.StartsWith("gaps", StringComparison.Ordinal))
            for (int i = 50; i < values.Length; i += 997)
                values[i] = double.NaN;
        SeriesFile.Write(_folder.File(file), new TimeSeries(values, 3, 1, ["x", "y", "z"]));
        string[] line = ["train", "ngrc", file, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--verdict", "no"];
        Command.Run(_folder.Path, [.. line, "-o", "MEMORY"]).Succeeds();
        Command.Run(_folder.Path, [.. line, "--stream", "yes", "-o", "DISK"]).Succeeds();
        byte[] memory = File.ReadAllBytes(_folder.File("MEMORY/model.safetensors"));
        Assert.Equal(memory, File.ReadAllBytes(_folder.File("DISK/model.safetensors")));
        Command.Run(_folder.Path, "generate", "DISK", "--from", file, "--steps", "5").Succeeds();
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
        Command.Run(_folder.Path, [.. line, "--trial", "x", "-o", "A"])
            .IsBadInput("--stream takes rows as they stand in the file: leave --trial out");
    }
}
