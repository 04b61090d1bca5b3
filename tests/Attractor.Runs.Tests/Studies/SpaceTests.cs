using System.Text.Json;

namespace Attractor.Runs.Tests;

public sealed class SpaceTests
{
    [Theory]
    [InlineData("lr=1e-4..1e-2", "lr=0.0001..0.01:log")]
    [InlineData("lr=1e-4..1e-2:linear", "lr=0.0001..0.01:linear")]
    [InlineData("alpha=0..1", "alpha=0..1:linear")]
    [InlineData("alpha=0.1..1:log", "alpha=0.1..1:log")]
    [InlineData("alpha=0..1:5", "alpha=0,0.25,0.5,0.75,1")]
    [InlineData("lr=0.01..1:log:3", "lr=0.01,0.1,1")]
    [InlineData("hidden=50..200", "hidden=50..200:linear")]
    [InlineData("seed=1..3:3", "seed=1,2,3")]
    [InlineData("optimizer=adam,radam", "optimizer=adam,radam")]
    [InlineData("columns=a,b|c", "columns=a,b|c")]
    public void What_varies_reads_as_it_is_written(string text, string written)
    {
        string entry = StudySpace.Parse("shplrnn", [text]).Dimensions[0].ToString();
        string[] numbers = entry.Split(',', '=', '.', ':'), expected = written.Split(',', '=', '.', ':');
        Assert.Equal(expected.Length, numbers.Length);
        Assert.Equal(entry, StudySpace.Parse("shplrnn", [entry]).Dimensions[0].ToString());
        if (!text.Contains(":log:", StringComparison.Ordinal))
            Assert.Equal(written, entry);
    }

    [Theory]
    [InlineData("lr", "setting=values")]
    [InlineData("lerning=1..2", "no setting 'lerning'")]
    [InlineData("lr=1..0.1", "from less to more")]
    [InlineData("alpha=0..1:log", "begin it above 0")]
    [InlineData("hidden=1.5,2", "whole numbers")]
    [InlineData("hidden=1,1", "each value once")]
    [InlineData("lr=1..2..3", "a range such as")]
    [InlineData("lr=1..2:much", "log, linear or a number")]
    [InlineData("alpha=0.1..1 if forcing=gtf", "has to vary")]
    public void What_cannot_vary_says_why(string text, string words)
        => Assert.Contains(
            words,
            Assert.Throws<ArgumentException>(() => StudySpace.Parse("shplrnn", [text])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_condition_takes_a_value_of_what_it_depends_on()
        => Assert.Contains(
            "none of gtf,stf",
            Assert.Throws<ArgumentException>(
                () => StudySpace.Parse("shplrnn", ["forcing=gtf,stf", "alpha=0.1..1 if forcing=none"])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_grid_has_every_combination_once_and_leaves_out_what_is_not_there()
    {
        StudySpace space = StudySpace.Parse(
            "shplrnn", ["forcing=gtf,stf", "alpha=0.1,0.2 if forcing=gtf", "interval=5,10,20 if forcing=stf"]);
        GridSampler grid = new();

        Assert.Equal(5, grid.CountOf(space));
        string[] points = [.. Enumerable.Range(0, 5).Select(i => space.ToJson(grid.Sample(space, 0, i, [])).ToJsonString())];
        Assert.Equal(
            [
                """{"forcing":"gtf","alpha":0.1}""", """{"forcing":"gtf","alpha":0.2}""", """{"forcing":"stf","interval":5}""",
                """{"forcing":"stf","interval":10}""", """{"forcing":"stf","interval":20}"""
            ],
            points);
        double[] read = space.FromJson(JsonDocument.Parse(points[3]).RootElement)!;
        Assert.Equal(grid.Sample(space, 0, 3, []), read);
        Assert.Null(space.FromJson(JsonDocument.Parse("""{"forcing":"gtf","alpha":0.3}""").RootElement));
    }

    [Fact]
    public void A_range_is_no_grid()
        => Assert.Contains(
            "alpha=0..1:linear:5",
            Assert.Throws<ArgumentException>(() => new GridSampler().CountOf(StudySpace.Parse("shplrnn", ["alpha=0..1"]))).Message,
            StringComparison.Ordinal);
}
