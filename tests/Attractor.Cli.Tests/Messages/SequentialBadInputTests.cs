using Attractor.Data;

namespace Attractor.Cli.Tests;

/// <summary>What can be wrong with the data and settings of a sequential variational autoencoder: exit code 2, one line.</summary>
public sealed class SequentialBadInputTests : IDisposable
{
    private const string GoodMusic = """[[[60],[62]]]""";

    private readonly TemporaryFolder _folder = new();

    public SequentialBadInputTests() => _folder.WriteData();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--window 0", "--window must be at least 1")]
    [InlineData("--latent 0", "--latent must be at least 1")]
    [InlineData("--encoder-units 2000000", "--encoder-units 2,000,000 takes more memory")]
    [InlineData("--encoder-units 1000000", "--encoder-units 1,000,000 takes more memory")]
    [InlineData("--transition-hidden 2000000 --transition shplrnn", "--transition-hidden 2,000,000 takes")]
    [InlineData("--transition shplrn", "did you mean shplrnn")]
    [InlineData("--posterior filtring", "did you mean filtering")]
    [InlineData("--encoder gur", "did you mean gru")]
    [InlineData("--observation gausian", "did you mean gaussian")]
    [InlineData("--activation rleu", "did you mean relu")]
    [InlineData("--posterior correcting", "--transition shplrnn")]
    [InlineData("--observation poisson", "Variable 1 at step 0", "counts")]
    [InlineData("--observation bernoulli", "Variable 0 at step 8", "0 to 1")]
    [InlineData("--layers 3,x", "whole numbers between commas", "3,x")]
    [InlineData("--epochs 0", "--epochs")]
    [InlineData("--batch 0", "--batch")]
    [InlineData("--shards 0", "--shards")]
    [InlineData("--threads -1", "--threads")]
    [InlineData("--lr 0", "--lr")]
    [InlineData("--beta -1", "--beta must not be negative")]
    [InlineData("--warm-up-start 2", "warm-up")]
    [InlineData("--clip -1", "clip")]
    [InlineData("--dt 0", "time step")]
    [InlineData("--seed -1", "--seed")]
    [InlineData("--forcing gtf", "unknown option '--forcing'")]
    [InlineData("--validation missing.npy", "missing.npy")]
    public void A_setting_that_cannot_be_gets_one_line(string settings, params string[] words)
    {
        Command.Run(_folder.Path, ["train", "seqvae", "data.npy", "-o", "RUN", .. settings.Split(' ')]).IsBadInput(words);
        Assert.False(Directory.Exists(_folder.File("RUN")));
    }

    [Theory]
    [InlineData("""{"train": [[[60,109]]], "valid": GOOD, "test": GOOD}""", "train, piece 0, step 0 holds 109", "21 to 108")]
    [InlineData("""{"train": GOOD, "valid": [[[60],[20]]], "test": GOOD}""", "valid, piece 0, step 1 holds 20", "21 to 108")]
    [InlineData("""{"train": [[["C4"]]], "valid": GOOD, "test": GOOD}""", "step 0 holds \"C4\"", "21 to 108")]
    [InlineData("""{"train": [[[60,""", "bad.json", "not JSON")]
    [InlineData("""{"train": GOOD}""", "lacks the set 'valid'", "bad.json")]
    [InlineData("""{"train": [], "valid": GOOD, "test": GOOD}""", "'train' holds no piece", "bad.json")]
    [InlineData("""{"train": [[]], "valid": GOOD, "test": GOOD}""", "piece 0 has no steps", "bad.json")]
    [InlineData("[1, 2]", "lacks the set 'train'", "bad.json")]
    public void Piano_rolls_that_are_none_get_one_line_with_the_place(string text, string first, string second)
    {
        File.WriteAllText(_folder.File("bad.json"), text.Replace("GOOD", GoodMusic, StringComparison.Ordinal));
        Command.Run(_folder.Path, "train", "seqvae", "bad.json", "-o", "RUN").IsBadInput(first, second);
        Assert.False(Directory.Exists(_folder.File("RUN")));
    }

    [Fact]
    public void Infinite_values_are_named_with_their_place()
    {
        double[] values = SeriesFile.Read(_folder.File("data.npy")).Values.ToArray();
        values[4] = double.NaN;
        values[7] = double.NegativeInfinity;
        SeriesFile.Write(_folder.File("bad.npy"), new TimeSeries(values, 2));
        Command.Run(_folder.Path, "train", "seqvae", "bad.npy").IsBadInput(
            "bad.npy", "1 infinite value,", "row 3", "a missing value is a NaN");
        Command.Run(_folder.Path, "train", "seqvae", "data.npy", "--validation", "bad.npy").IsBadInput("bad.npy", "row 3");
        Train("data.npy");
        foreach (string verb in (string[])["evaluate", "reconstruct"])
            Command.Run(_folder.Path, verb, "RUN", "bad.npy").IsBadInput("bad.npy", "row 3");
    }

    [Fact]
    public void Other_variables_are_refused_by_every_verb()
    {
        SeriesFile.Write(_folder.File("three.npy"), new TimeSeries(new double[60], 3));
        Command.Run(_folder.Path, "train", "seqvae", "data.npy", "--validation", "three.npy").IsBadInput(
            "observes 2 variables", "validation", "3");
        Train("data.npy");
        Command.Run(_folder.Path, "evaluate", "RUN", "three.npy").IsBadInput("three.npy has 3 variables", "observes 2");
        Command.Run(_folder.Path, "reconstruct", "RUN", "three.npy").IsBadInput("three.npy has 3 variables");
        Command.Run(_folder.Path, "generate", "RUN", "--from", "three.npy").IsBadInput("three.npy has 3 variables");
        Command.Run(_folder.Path, "report", "RUN", "--data", "three.npy").IsBadInput("three.npy has 3 variables");
    }

    [Fact]
    public void Negative_counts_are_named_with_their_place()
    {
        double[] counts = [0, 1, 2, 3, -4, 5];
        SeriesFile.Write(_folder.File("counts.npy"), new TimeSeries(counts, 2));
        Command.Run(_folder.Path, "train", "seqvae", "counts.npy", "--observation", "poisson").IsBadInput(
            "Variable 0 at step 2", "-4", "counts");
    }

    [Fact]
    public void Data_of_no_rows_are_refused_and_of_one_are_learnt()
    {
        File.WriteAllText(_folder.File("none.csv"), "a,b\n");
        Command.Run(_folder.Path, "train", "seqvae", "none.csv").IsBadInput("none.csv");
        SeriesFile.Write(_folder.File("one.npy"), new TimeSeries([1, 2], 2));
        Train("one.npy");
        Command.Run(_folder.Path, "report", "RUN").Succeeds();
    }

    [Fact]
    public void Music_is_validated_by_its_own_part_only()
    {
        File.WriteAllText(_folder.File("music.json"), $$"""{"train": {{GoodMusic}}, "valid": {{GoodMusic}}, "test": {{GoodMusic}}}""");
        Command.Run(_folder.Path, "train", "seqvae", "music.json", "--validation", "data.npy").IsBadInput(
            "music.json", "leave --validation out");
    }

    [Theory]
    [InlineData("generate RUN --noise laten", "did you mean latent")]
    [InlineData("generate RUN --seed -1", "--seed")]
    [InlineData("generate RUN --steps 0", "--steps")]
    [InlineData("evaluate RUN --draws 1,x", "--draws")]
    [InlineData("evaluate RUN --draws 0", "--draws")]
    [InlineData("evaluate RUN --samples 0", "--samples")]
    [InlineData("evaluate RUN --seed -1", "--seed")]
    [InlineData("reconstruct RUN --count 0", "--count")]
    [InlineData("reconstruct RUN -o x.png", "x.png")]
    [InlineData("train --resume RUN", "finished")]
    [InlineData("train seqvae data.npy -o RUN", "--overwrite")]
    public void Verbs_refuse_what_they_cannot_do_with_a_run(string line, string words)
    {
        Train("data.npy");
        Command.Run(_folder.Path, line.Split(' ')).IsBadInput(words);
    }

    private void Train(string data)
        => Command.Run(
            _folder.Path, "train", "seqvae", data, "-o", "RUN", "--epochs", "1", "--latent", "2", "--encoder-units", "4", "--window", "50",
            "-q").Succeeds();
}
