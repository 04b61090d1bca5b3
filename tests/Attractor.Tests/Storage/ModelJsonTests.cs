using System.Globalization;
using Attractor.Dynamics;
using Attractor.Models;
using Attractor.Storage;
using FsCheck;
using FsCheck.Fluent;

namespace Attractor.Tests.Storage;

public sealed class ModelJsonTests : IDisposable
{
    // A network with a fixed point in each of its four regions; the points are solutions of (I - A - W D) z = h, by NumPy.
    private const string FourRegions =
        """
        {"A": [0.09, -0.02, -0.63, -0.24],
         "W": [[0.26, 0.89, 1.24, 1.12], [0.41, -0.44, -0.04, -1.3], [1.27, 1.27, 0.77, -0.16], [0.71, -1.04, 1.02, 0.13]],
         "h": [0.37, -0.85, 0.49, -1.11], "L": [[0.5], [1], [-0.25]], "P": 2, "epochs": 3, "name": "four"}
        """;

    private static readonly double[][] s_points =
    [
        [-0.37031330251669287, -0.6861838726245508, -0.5225468787910303, -0.531686465530096],
        [0.2690627910458746, -0.512398078431074, 0.2104234709544149, -0.13825764227065232],
        [3.041622025258917, -3.4388493880068816, -0.4179650768250503, 4.167527028343232],
        [1.2714648088515588, -1.3632405009517712, 0.19756860368797513, 1.2720991991316968],
    ];

    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".json");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_network_of_two_rectified_units_has_its_four_fixed_points()
    {
        ImportedModel imported = Read(FourRegions);
        AlmostLinearRnn net = Assert.IsType<AlmostLinearRnn>(imported.Model);
        Assert.Equal((1, 4, 2), (net.Observed, net.Latent, net.Rectified));
        Assert.Equal(["epochs"], imported.UnknownKeys);
        Assert.True(imported.SaysObserved);
        Assert.Equal([0.5, 1, -0.25], net.Parameters["L"].ToArray());
        // Row by row.
        Assert.Equal(0.89, net.Parameters["W"][1]);

        CycleSet found = CycleSearch.Find(net, new() { MaxOrder = 1, Seed = 1 });
        Assert.Equal(1, found.ExhaustiveUpTo);
        Assert.Equal(4, found.FixedPoints.Count);
        foreach (double[] point in s_points)
            Assert.Contains(found.FixedPoints, p => p.Points[0].Zip(point, (x, y) => Math.Abs(x - y)).Max() <= 1e-9);
    }

    [Fact]
    public void What_the_file_leaves_open_the_options_say()
    {
        const string bare =
            """{"A": [[0.5, 0, 0], [0, 0.25, 0], [0, 0, 1]], "W": [[1, 2, 3], [4, 5, 6], [7, 8, 9]], "h": [[1], [2], [3]]}""";
        RecurrentModel net = Read(bare, new() { Sizes = new Dictionary<string, int> { ["rectified"] = 1, ["observed"] = 2 } }).Model;
        Assert.Equal([0.5, 0.25, 1], net.Parameters["A"].ToArray());
        Assert.Equal([1, 2, 3], net.Parameters["h"].ToArray());
        Assert.Equal([0, 0], net.Parameters["L"].ToArray());
        ImportedModel all = Read(bare, new() { Kind = "plrnn" });
        Assert.Equal((3, 3), (all.Model.Observed, all.Model.Latent));
        Assert.False(all.SaysObserved);
        Assert.Contains("give the size rectified", Refused(bare), StringComparison.Ordinal);
    }

    [Fact]
    public void A_kind_is_known_however_it_is_written()
    {
        const string body = """ "A": [1], "W": [[1]], "h": [1], "P": 1""";
        foreach (string word in (string[])["alrnn", "AL-RNN", "ALRNN", "al_rnn"])
            Assert.IsType<AlmostLinearRnn>(Read($$"""{ {{body}}, "model": "{{word}}" }""").Model);
    }

    [Fact]
    public void B_is_the_initial_state_map_or_the_readout_of_the_first_units()
    {
        const string body = """ "A": [1, 1, 1], "W": [[1, 2, 3], [4, 5, 6], [7, 8, 9]], "h": [1, 2, 3], "P": 1""";
        RecurrentModel map = Read($$"""{ {{body}}, "B": [[5, 6]] }""").Model;
        Assert.Equal((2, 3), (map.Observed, map.Latent));
        Assert.Equal([5, 6], map.Parameters["L"].ToArray());
        RecurrentModel readout = Read($$"""{ {{body}}, "B": [[1, 0, 0], [0, 1, 0]] }""").Model;
        Assert.Equal((2, 3), (readout.Observed, readout.Latent));
        Assert.Contains("reads out other", Refused($$"""{ {{body}}, "B": [[1, 0, 0], [0, 1, 1]] }"""), StringComparison.Ordinal);
        Assert.Contains("observed is 1", Refused($$"""{ {{body}}, "N": 1, "B": [[5, 6]] }"""), StringComparison.Ordinal);
        Assert.Contains("L has the shape 2 x 2", Refused($$"""{ {{body}}, "L": [[5, 6], [7, 8]] }"""), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_is_read_by_the_names_of_its_tensors()
    {
        foreach (string kind in LibraryCells.Kinds)
        {
            RecurrentModel model = RecurrentModel.Create(kind, Models.Recurrent.RecurrentModelTests.Sizes(kind, 2, 4, 5), seed: 3);
            RecurrentModel read = Read(Json(model)).Model;
            Assert.Equal(model.GetType(), read.GetType());
            Assert.Equal(model.Parameters.Values.ToArray(), read.Parameters.Values.ToArray());
        }
    }

    [Theory]
    [InlineData("", "is not JSON")]
    [InlineData("[1, 2]", "expected an object")]
    [InlineData("""{"A": [1]}""", "lacks W")]
    [InlineData("""{"A": [1], "W": [[1]], "P": 1}""", "lacks h")]
    [InlineData("""{"A": [1], "W": [[1]], "h": [1, 2], "P": 1}""", "h has the shape 2, expected 1 values")]
    [InlineData("""{"A": [1], "W": [[1, 2]], "h": [1], "P": 1}""", "says 2")]
    [InlineData("""{"A": [1], "W": [], "h": [1], "P": 1}""", "cannot be")]
    [InlineData("""{"A": [1], "W": [[1], 2], "h": [1], "P": 1}""", "mixes")]
    [InlineData("""{"A": [1], "W": [["x"]], "h": [1], "P": 1}""", "W[1][1] is not a finite number")]
    [InlineData("""{"A": [1e999], "W": [[1]], "h": [1], "P": 1}""", "A[1] is not a finite number")]
    [InlineData("""{"A": [1], "W": [[1]], "h": [1], "P": 2}""", "cannot be")]
    [InlineData("""{"A": [1], "W": [[1]], "h": [1], "P": -1}""", "P is not a positive whole number")]
    [InlineData("""{"A": [1], "W": [[1]], "h": [1], "P": 1, "M": 5}""", "latent is 5")]
    [InlineData("""{"A": [1], "W": [[1]], "h": [1], "P": 1, "N": 1000000000}""", "cannot be")]
    [InlineData("""{"A": [[1, 2], [0, 1]], "W": [[1, 2], [3, 4]], "h": [1, 2], "P": 1}""", "off its diagonal")]
    [InlineData("""{"A": [1], "W": [[1]], "h": [1], "model": "lstm9"}""", "expected one of")]
    [InlineData("""{"A": [1], "W": [[1]], "h": [1], "model": "dendplrnn"}""", "lacks H")]
    public void What_does_not_fit_is_refused_in_one_sentence(string json, string words)
        => Assert.Contains(words, Refused(json), StringComparison.Ordinal);

    [Fact]
    public void Text_that_is_no_unicode_is_refused()
    {
        File.WriteAllBytes(_path, [.. "{\"model\": \""u8, 0xff, .. "\", \"A\": [1], \"W\": [[1]], \"h\": [1], \"P\": 1}"u8]);
        Assert.StartsWith(Path.GetFileName(_path), Assert.Throws<InvalidDataException>(() => ModelJson.Read(_path)).Message);
    }

    [Fact]
    public void Sizes_that_contradict_each_other_are_said_in_words()
        => Assert.Contains(
            "rectified 2 is more than the 1 latent units",
            Refused("""{"A": [1], "W": [[1]], "h": [1], "P": 2}"""),
            StringComparison.Ordinal);

    [Fact]
    public void Mutated_files_are_read_or_refused()
        => Prop.ForAll(
            Gen.Choose(0, FourRegions.Length - 1).Two().ToArbitrary(), Gen.Choose(32, 126).ToArbitrary(), (at, value) =>
            {
                char[] bad = FourRegions.ToCharArray();
                bad[at.Item1] = (char)value;
                File.WriteAllText(_path, value % 3 == 0 ? new string(bad, 0, at.Item2) : new(bad));
                try
                {
                    return ModelJson.Read(_path).Model.Latent == 4;
                }
                catch (InvalidDataException)
                {
                    return true;
                }
            }).QuickCheckThrowOnFailure();

    private static string Json(RecurrentModel model)
    {
        IEnumerable<string> tensors = model.Parameters.Tensors.Select(t =>
        {
            string[] values = [.. model.Parameters[t.Name].ToArray().Select(v => v.ToString("R", CultureInfo.InvariantCulture))];
            return t.Columns == 0
                ? $"\"{t.Name}\": [{string.Join(",", values)}]"
                : $"\"{t.Name}\": [{string.Join(",", values.Chunk(t.Columns).Select(row => $"[{string.Join(",", row)}]"))}]";
        });
        return $"{{\"model\": \"{model.Kind}\", {string.Join(", ", model.Sizes.Select(s => $"\"{s.Key}\": {s.Value}").Concat(tensors))}}}";
    }

    private ImportedModel Read(string json, ImportOptions? options = null)
    {
        File.WriteAllText(_path, json);
        return ModelJson.Read(_path, options);
    }

    private string Refused(string json) => Assert.Throws<InvalidDataException>(() => Read(json)).Message;
}
