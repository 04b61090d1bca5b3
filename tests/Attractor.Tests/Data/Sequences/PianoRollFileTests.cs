using Attractor.Data;

namespace Attractor.Tests.Data.Sequences;

public sealed class PianoRollFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"piano-roll-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Notes_become_columns_and_rests_rows_of_zeros()
    {
        SequenceSplit split = Read("""{"train": [[[21, 108], []], [[60]]], "valid": [[[22]]], "test": [[[30, 31], [32], []]]}""");
        Assert.Equal((2, 88, 3L), (split.Train.Count, split.Train.Dimension, split.Train.TotalSteps));
        Assert.Equal(1, split.Train[0][0, 0]);
        Assert.Equal(1, split.Train[0][0, 87]);
        Assert.Equal(2, split.Train[0].Values.ToArray().Sum());
        Assert.Equal(1, split.Train[1][0, 39]);
        Assert.Equal("note22", split.Validation[0].Names[1]);
        Assert.Equal(3, split.Test[0].Length);
    }

    [Theory]
    [InlineData("", "is not JSON")]
    [InlineData("{\"train\": [[[60]]", "is not JSON (line 1)")]
    [InlineData("[]", "lacks the set 'train'")]
    [InlineData("{\"train\": [[[60]]], \"valid\": [[[60]]]}", "lacks the set 'test'")]
    [InlineData("{\"train\": 3}", "train is Number, expected a list of pieces")]
    [InlineData("{\"train\": []}", "the set 'train' holds no piece")]
    [InlineData("{\"train\": [[[60]], []]}", "train, piece 1 has no steps")]
    [InlineData("{\"train\": [[60]]}", "train, piece 0, step 0 is Number, expected a list of notes")]
    [InlineData("{\"train\": [[[60], [109]]]}", "train, piece 0, step 1 holds 109, expected notes 21 to 108")]
    [InlineData("{\"train\": [[[20]]]}", "holds 20")]
    [InlineData("{\"train\": [[[60.5]]]}", "holds 60.5")]
    [InlineData("{\"train\": [[[99999999999999999999]]]}", "holds 99999999999999999999")]
    [InlineData("{\"train\": [[[\"c\\n\"]]]}", "expected notes")]
    public void What_is_no_music_is_named_in_one_line(string json, string message)
    {
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => Read(json));
        Assert.StartsWith(Path.GetFileName(_path), e.Message, StringComparison.Ordinal);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void A_file_that_would_fill_the_memory_is_refused_before_it_does()
    {
        File.WriteAllText(_path, "{\"train\": [[" + string.Join(',', Enumerable.Repeat("[]", 3_100_000)) + "]]}");
        Assert.Contains(
            "3100000 steps", Assert.Throws<InvalidDataException>(() => PianoRollFile.Read(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_and_a_directory_are_named()
    {
        Assert.Contains(
            "no such file", Assert.Throws<FileNotFoundException>(() => PianoRollFile.Read(_path)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "is a directory", Assert.Throws<IOException>(() => PianoRollFile.Read(Path.GetTempPath())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_chorales_have_their_published_sizes()
    {
        Assert.SkipUnless(SharedData.TryFind("jsb/chorales.json", out string path), "the chorales are not there");
        SequenceSplit split = PianoRollFile.Read(path);
        Assert.Equal((229, 13807L), (split.Train.Count, split.Train.TotalSteps));
        Assert.Equal((76, 4602L), (split.Validation.Count, split.Validation.TotalSteps));
        Assert.Equal((77, 4725L), (split.Test.Count, split.Test.TotalSteps));
    }

    private SequenceSplit Read(string json)
    {
        File.WriteAllText(_path, json);
        return PianoRollFile.Read(_path);
    }
}
