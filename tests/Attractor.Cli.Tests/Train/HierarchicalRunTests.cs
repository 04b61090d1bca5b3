using System.Text.Json;
using Attractor.Data;

namespace Attractor.Cli.Tests;

public sealed class HierarchicalRunTests : IDisposable
{
    private static readonly string[] s_small =
        ["--hidden", "12", "--features", "2", "--updates", "300", "--sequence", "12", "--dt", "0.1", "--standardize", "no"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Subjects_train_generate_are_scored_and_reported()
    {
        WriteSubjects();
        Outcome trained = Command.Run(
            _folder.Path, ["train", "hierarchical-shplrnn", "subjects.csv", "--trial", "who", "-o", "RUN", "--json", .. s_small]);
        Assert.True(trained.Code == 0, trained.Errors);
        JsonElement[] subjects = [.. trained.Json.GetProperty("subjects").EnumerateArray()];
        Assert.Equal(["anna", "bert", "carl"], subjects.Select(s => s.GetProperty("name").GetString()));
        Assert.All(subjects, s => Assert.Equal(2, s.GetProperty("features").GetArrayLength()));

        Outcome generated = Command.Run(_folder.Path, "generate", "RUN", "--subject", "bert", "--steps", "50", "-o", "orbit.npy", "--json");
        Assert.True(generated.Code == 0, generated.Errors);
        Assert.Equal(50, SeriesFile.Read(_folder.File("orbit.npy"), 0.1).Length);
        Command.Run(_folder.Path, "generate", "RUN", "--steps", "50").IsBadInput("--subject names one of 3 subjects");
        Command.Run(_folder.Path, "generate", "RUN", "--subject", "berta").IsBadInput("no subject 'berta'", "did you mean bert?");

        Outcome scored = Command.Run(_folder.Path, "evaluate", "RUN", "subjects.csv", "--lyapunov-steps", "2000", "--json");
        Assert.True(scored.Code == 0, scored.Errors);
        Assert.Equal(3, scored.Json.GetProperty("subjects").GetArrayLength());
        Assert.True(scored.Json.GetProperty("d_hellinger").GetDouble() is >= 0 and <= 1);
        Outcome one = Command.Run(
            _folder.Path, "evaluate", "RUN", "subjects.csv", "--subject", "carl", "--lyapunov-steps", "2000", "--json");
        Assert.Equal("carl", Assert.Single(one.Json.GetProperty("subjects").EnumerateArray()).GetProperty("name").GetString());

        Outcome exponent = Command.Run(_folder.Path, "lyapunov", "RUN", "--subject", "anna", "--steps", "2000", "--json");
        Assert.True(exponent.Code == 0, exponent.Errors);
        Command.Run(_folder.Path, "lyapunov", "RUN").IsBadInput("--subject anna");
        Outcome moved = Command.Run(_folder.Path, "lyapunov", "RUN", "--along", "feature:2=-0.1..0.1", "--steps", "500", "--json");
        Assert.True(moved.Code == 0, moved.Errors);
        JsonElement[] points = [.. moved.Json.GetProperty("points").EnumerateArray()];
        Assert.Equal(21, points.Length);
        Assert.Equal(-0.1, points[0].GetProperty("features")[1].GetDouble(), 1e-12);
        Command.Run(_folder.Path, "lyapunov", "RUN", "--along", "feature:3").IsBadInput("names feature 3", "has 2");
        Command.Run(_folder.Path, "lyapunov", "RUN", "--along", "rho").IsBadInput("expected feature:1");

        Outcome reported = Command.Run(_folder.Path, "report", "RUN", "--json");
        Assert.True(reported.Code == 0, reported.Errors);
        string page = File.ReadAllText(_folder.File("RUN/report.html"));
        Assert.Contains("Features of the subjects", page, StringComparison.Ordinal);
        Assert.Contains("Moving feature", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_subject_takes_what_is_shared_from_a_run()
    {
        WriteSubjects();
        Assert.Equal(0, Command.Run(
            _folder.Path, ["train", "hierarchical-shplrnn", "subjects.csv", "--trial", "who", "-o", "RUN", .. s_small]).Code);
        SeriesFile.Write(_folder.File("new.npy"), Rotation(1.5, 60));

        Outcome fitted = Command.Run(
            _folder.Path, "train", "hierarchical-shplrnn", "new.npy", "--from", "RUN", "--updates", "200", "--sequence", "12", "-o", "NEW",
            "--json");
        Assert.True(fitted.Code == 0, fitted.Errors);
        Assert.Single(fitted.Json.GetProperty("subjects").EnumerateArray());
        Outcome generated = Command.Run(_folder.Path, "generate", "NEW", "--steps", "20", "--json");
        Assert.True(generated.Code == 0, generated.Errors);
        Assert.Equal(0, Command.Run(_folder.Path, "lyapunov", "NEW", "--steps", "500").Code);

        Command.Run(_folder.Path, "train", "hierarchical-shplrnn", "new.npy", "--from", "RUN", "--hidden", "5", "-o", "OTHER")
            .IsBadInput("what subjects share is that of the run", "--from");
    }

    [Fact]
    public void The_same_run_has_the_same_bits_and_a_finished_one_may_be_given_more()
    {
        WriteSubjects();
        string[] data = ["train", "hierarchical-shplrnn", "subjects.csv", "--trial", "who", "--covariance", "yes"];
        Assert.Equal(0, Command.Run(_folder.Path, [.. data, "-o", "WHOLE", .. s_small]).Code);
        Assert.Equal(0, Command.Run(_folder.Path, [.. data, "-o", "AGAIN", .. s_small]).Code);
        Assert.Equal(
            File.ReadAllBytes(_folder.File("WHOLE/model.safetensors")), File.ReadAllBytes(_folder.File("AGAIN/model.safetensors")));
        Assert.Equal(0, Command.Run(_folder.Path, "train", "--resume", "AGAIN", "--updates", "100").Code);
        Assert.NotEqual(
            File.ReadAllBytes(_folder.File("WHOLE/model.safetensors")), File.ReadAllBytes(_folder.File("AGAIN/model.safetensors")));
    }

    [Fact]
    public void A_subject_with_too_few_rows_is_refused_by_its_name()
    {
        SeriesFile.WriteTrials(_folder.File("subjects.npz"), [Rotation(0, 200), Rotation(1, 9)]);
        Command.Run(_folder.Path, ["train", "hierarchical-shplrnn", "subjects.npz", "-o", "RUN", .. s_small])
            .IsBadInput("no window of 13 rows fits", "which has 9 rows");
    }

    private void WriteSubjects()
    {
        using StreamWriter csv = new(_folder.File("subjects.csv"));
        csv.WriteLine("who,x,y");
        foreach ((string name, double speed) in (ReadOnlySpan<(string, double)>)[("anna", 0), ("bert", 1), ("carl", 2)])
        {
            TimeSeries series = Rotation(speed, 200);
            for (int t = 0; t < series.Length; t++)
                csv.WriteLine(FormattableString.Invariant($"{name},{series[t, 0]:R},{series[t, 1]:R}"));
        }
    }

    // A circle, with a little that keeps it from being a repetition.
    private static TimeSeries Rotation(double speed, int rows)
    {
        double[] values = new double[rows * 2];
        for (int t = 0; t < rows; t++)
        {
            double angle = (0.2 + (0.05 * speed)) * t;
            (values[2 * t], values[(2 * t) + 1]) = (1.4 * Math.Cos(angle), (1.4 * Math.Sin(angle)) + (0.1 * Math.Cos(0.5 * t)));
        }
        return new(values, 2);
    }
}
