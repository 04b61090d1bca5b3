using Attractor.Data;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Cli.Tests;

public sealed class ReservoirBadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ReservoirBadInputTests()
    {
        _folder.WriteData();
        _folder.WriteData("short.npy", rows: 200);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train esm data.npy", "no model 'esm'", "did you mean esn?")]
    [InlineData("train esn", "missing", "attractor train esn --help")]
    [InlineData("train esn missing.npy", "missing.npy", "no such file")]
    [InlineData("train esn data.npy --hidden 3", "unknown option '--hidden'", "attractor train esn --help")]
    [InlineData("train esn data.npy --unitss 3", "unknown option", "did you mean --units?")]
    [InlineData("train ngrc data.npy --units 3", "unknown option '--units'", "attractor train ngrc --help")]
    [InlineData("train clipped-shplrnn data.npy --units 3", "unknown option '--units'", "attractor train --help")]
    [InlineData("train esn data.npy --spectral-radius -1", "spectral radius", "at least 0, not -1")]
    [InlineData("train esn data.npy --leak 0", "leak", "above 0 and at most 1")]
    [InlineData("train esn data.npy --leak 2", "leak", "not 2")]
    [InlineData("train esn data.npy --ridge -1", "ridge", "at least 0, not -1")]
    [InlineData("train esn short.npy --units 300 --ridge 0", "linearly dependent: their rank is", "take a ridge above 0")]
    [InlineData("train ngrc data.npy --delays 3 --ridge 0", "their rank is", "of 28")]
    [InlineData("train esn data.npy --washout 399", "washout of 399", "399 pairs")]
    [InlineData("train esn data.npy --washout -1", "--washout", "at least 0")]
    [InlineData("train esn data.npy --connectivity 0", "connectivity", "above 0")]
    [InlineData("train esn data.npy --units 0", "--units", "at least 1")]
    [InlineData("train esn data.npy --units 5000000000", "--units", "at most")]
    [InlineData("train esn data.npy --layers 101", "layers", "1 to 100")]
    [InlineData("train esn data.npy --weights gausian", "--weights", "did you mean gaussian?")]
    [InlineData("train esn data.npy --select gvc", "fixed, gcv, validation", "did you mean gcv?")]
    [InlineData("train esn data.npy --select validation --held-out 0", "held out", "between 0 and 1")]
    [InlineData("train esn data.npy --state-noise -1", "state noise", "at least 0")]
    [InlineData("train esn data.npy --seed -1", "--seed", "negative")]
    [InlineData("train esn data.npy --seed 5000000000 --random numpy", "seed of NumPy's stream", "4294967295")]
    [InlineData("train ngrc data.npy --orders 0", "--orders", "at least 1")]
    [InlineData("train ngrc data.npy --orders 2;3", "--orders", "such as 2 or 2,3")]
    [InlineData("train ngrc data.npy --orders 17", "orders", "1 to 16, not 17")]
    [InlineData("train ngrc data.npy --delays 0", "--delays", "at least 1")]
    [InlineData("train ngrc data.npy --delays 5000000000", "--delays", "at most")]
    [InlineData("train ngrc data.npy --delays 100 --orders 16", "more than 20000 monomials", "take fewer delays or lower orders")]
    [InlineData("train ngrc data.npy --stride 2000000000", "2000000000 rows apart", "more than 1000000 values")]
    [InlineData("train ngrc data.npy --stride 399", "2 delays 399 rows apart", "need 401 rows, found 400")]
    public void A_bad_command_line_gets_one_line_that_says_how_to_mend_it(string line, string first, string second)
        => Command.Run(_folder.Path, line.Split(' ')).IsBadInput(first, second);

    [Fact]
    public void What_drives_a_reservoir_may_have_gaps_and_no_infinities()
    {
        double[] values = SeriesFile.Read(_folder.File("data.npy")).Values.ToArray();
        values[14] = double.NaN;
        SeriesFile.Write(_folder.File("gap.npy"), new TimeSeries(values, 2));
        // The stretch after the gap, without its washout and its last row; what comes before is too short.
        Assert.Equal(
            391 - 39,
            Command.Run(_folder.Path, "train", "esn", "gap.npy", "-o", "ESN", "--json").Succeeds().Json.GetProperty("samples").GetInt32());
        values[14] = double.PositiveInfinity;
        SeriesFile.Write(_folder.File("infinite.npy"), new TimeSeries(values, 2));
        Command.Run(_folder.Path, "train", "esn", "infinite.npy", "-o", "RUN").IsBadInput("1 infinite value, in row 7");
        Assert.False(Directory.Exists(_folder.File("RUN")));
        // A regression leaves the rows out that a gap touches: the row itself and the two that look back at it, as a target and as a value.
        Assert.Equal(
            398 - 3,
            Command.Run(_folder.Path, "train", "ngrc", "gap.npy", "-o", "RUN", "--json").Succeeds().Json.GetProperty("samples").GetInt32());
    }

    [Theory]
    [InlineData("generate")]
    [InlineData("lyapunov")]
    [InlineData("cycles")]
    public void A_network_that_does_not_predict_its_own_input_gets_one_line(string verb)
    {
        ModelFile.Save(_folder.File("open.safetensors"), new EchoStateNetwork(new Reservoir(3, new() { Units = 10 }), 2));
        Command.Run(_folder.Path, verb, "open.safetensors").IsBadInput("open.safetensors has 3 inputs and 2 outputs", "its own next input");
    }

    [Fact]
    public void A_setting_of_another_model_in_a_config_gets_one_line()
    {
        File.WriteAllText(_folder.File("other.json"), """{"hidden": 30}""");
        Command.Run(_folder.Path, "train", "esn", "data.npy", "--config", "other.json", "-o", "RUN").IsBadInput(
            "other.json", "unknown key \"hidden\"");
        File.WriteAllText(_folder.File("bad.json"), """{"leek": 0.5}""");
        Command.Run(_folder.Path, "train", "esn", "data.npy", "--config", "bad.json", "-o", "RUN").IsBadInput("did you mean \"leak\"");
    }
}
