using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Reports.Tests;

public sealed class SequentialAutoencoderReportTests
{
    private const string Markup = "</script><script>alert(1)</script>";

    private static readonly string[] s_always = ["How good it is", "Reconstruction", "Samples", "Latent variables"];

    [Fact]
    public void Of_a_recording_with_a_sample_as_long_there_are_spectra_and_scores_beside_their_floors()
    {
        TimeSeries truth = Waves(1000), sample = Waves(1000, phase: 1);
        Reconstruction score = Reconstruction.Compare(truth, sample, cancellationToken: TestContext.Current.CancellationToken);
        Report report = (Of(Recorder(), truth) with { Comparison = (truth, sample, score) }).ToReport();
        Assert.Equal(
            ["How good it is", "Reconstruction", "Data and a sample in time", "Power spectra", "Latent variables"], Headings(report));
        string html = report.ToHtml();
        Assert.Contains("each score beside what one half of the data gets against the other", html, StringComparison.Ordinal);
        Assert.Contains("State-space divergence", html, StringComparison.Ordinal);
        Assert.Equal(html, (Of(Recorder(), truth) with { Comparison = (truth, sample, score) }).ToReport().ToHtml());
    }

    [Fact]
    public void Without_a_comparison_a_sample_is_shown_beside_the_data_and_gaps_are_gaps()
    {
        double[] values = Waves(50).Values.ToArray();
        values[7] = double.NaN;
        Report report = Of(Recorder(), new(values, 2)).ToReport();
        Assert.Equal(s_always, Headings(report));
        string html = report.ToHtml();
        Assert.Contains("Where the data have gaps the model fills them.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
        Assert.Contains("null", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Piano_rolls_are_pictures_of_the_notes_that_sound()
    {
        SequentialVariationalAutoencoder model = new(
            new() { Observed = 88, Latent = 3, EncoderUnits = 4, Observation = Observation.Bernoulli });
        double[] values = new double[88 * 20];
        for (int t = 0; t < 20; t++)
            values[(88 * t) + 40 + (t % 5)] = 1;
        Report report = Of(model, new(values, 88)).ToReport();
        Assert.Equal(s_always, Headings(report));
        Picture[] pictures = [.. report.Sections.SelectMany(s => s.Elements).OfType<Picture>()];
        Assert.Equal(2, pictures.Length);
        Assert.Contains("data:image/png;base64,", report.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_roll_in_which_nothing_sounds_is_shown_whole()
    {
        SequentialVariationalAutoencoder model = new(
            new() { Observed = 88, Latent = 3, EncoderUnits = 4, Observation = Observation.Bernoulli });
        Assert.Equal(s_always, Headings(Of(model, new(new double[88 * 5], 88)).ToReport()));
    }

    [Fact]
    public void Bounds_epochs_settings_and_commands_are_tables_that_read_without_scripts()
    {
        Report report = (Of(Recorder(), Waves(30)) with
        {
            Bounds = [new SequenceLikelihood(
                Steps: 1234, Bound: -1.25, LogLikelihood: -1, Divergence: 0.25, ImportanceWeighted: -1.125, Draws: 10)],
            Epochs = [.. Enumerable.Range(1, 3).Select(e => new EpochPoint(
                e, 10 * e, 3.0 / e, 2.0 / e, 1.0 / e, TestLoss: 4.0 / e, Beta: 1, LearningRate: 0.01, Seconds: e, EpochSeconds: 1))],
            Configuration = [("latent", "2")],
            Commands = [("report", "attractor report RUN")],
        }).ToReport();
        Assert.Equal(
            ["How good it is", "Training", "Reconstruction", "Samples", "Latent variables", "Configuration", "How to go on"],
            Headings(report));
        string html = report.ToHtml();
        Assert.Contains("<td class=\"number\">-1.125</td>", html, StringComparison.Ordinal);
        Assert.Contains("<td class=\"number\">-1.333</td>", html, StringComparison.Ordinal);
        Assert.Contains("over 1,234 steps; ELBO -1.250 = -1.000 - 0.250", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_cannot_become_markup()
    {
        TimeSeries named = new(Waves(30).Values.ToArray(), 2, names: [Markup, "b"]);
        string html = (Of(Recorder(), named) with { Title = Markup, Configuration = [(Markup, Markup)], Commands = [(Markup, Markup)] })
            .ToReport()
            .ToHtml();
        Assert.DoesNotContain(Markup, html, StringComparison.Ordinal);
    }

    [Fact]
    public void One_row_and_one_variable_are_enough()
    {
        SequentialVariationalAutoencoder model = new(new() { Observed = 1, Latent = 1, EncoderUnits = 2 });
        Assert.Contains("Reconstruction", Headings(Of(model, new([0.5], 1)).ToReport()));
        Assert.NotEmpty(Of(model, new([0.5], 1)).ToReport().ToHtml());
    }

    private static string[] Headings(Report report) => [.. report.Sections.Select(s => s.Heading)];

    private static SequentialAutoencoderReport Of(SequentialVariationalAutoencoder model, TimeSeries sequence)
        => new() { Title = "t", Model = model, Sequence = sequence };

    private static SequentialVariationalAutoencoder Recorder() => new(new()
    {
        Observed = 2,
        Latent = 2,
        EncoderUnits = 4,
        Transition = TransitionKind.ShallowPlrnn,
        TransitionHidden = 4,
        Inference = SequentialInference.Correcting,
        Seed = 3,
    });

    private static TimeSeries Waves(int rows, double phase = 0)
        => new([.. Enumerable.Range(0, rows).SelectMany(t => (double[])[Math.Cos((0.2 * t) + phase), Math.Sin((0.37 * t) + phase)])], 2);
}
