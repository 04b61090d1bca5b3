using System.Globalization;
using System.Text.Json;
using Attractor.Dynamics;
using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Reports;
using Attractor.Systems;

namespace Attractor.Runs;

/// <summary>The report of a run.</summary>
internal static class RunReport
{
    public static void Write(
        string path,
        string title,
        IGenerativeModel model,
        TimeSeries truth,
        ModelEvaluation scores,
        IReadOnlyList<LossPoint> losses,
        JsonElement? config,
        IReadOnlyList<(string Purpose, string Command)> commands,
        double? trueExponent = null,
        Verdict? verdict = null,
        Section? choice = null)
    {
        new ReconstructionReport
        {
            Title = title,
            Subtitle = string.Create(
                CultureInfo.InvariantCulture,
                $"{model.Kind} with {model.Observed} observed variables, {model.Description}: {model.ParameterCount} learnt parameters. It "
                + $"ran freely for {truth.Length * 5L / 4:N0} steps, of which the last {truth.Length:N0} are compared with the truth."),
            Verdict = verdict,
            Truth = truth,
            Generated = scores.Generated,
            Forecast = TypicalForecast.Of(model, truth),
            Cycles = Cycles(model),
            Choice = choice,
            Losses = losses,
            Scores = ScoreRows.Of(scores, truth.Dt, trueExponent),
            Configuration = config is { } json ? [.. RunConfig.Entries(json)] : [],
            Commands = commands,
        }.ToReport().Save(path);
    }

    // Enough for a figure; attractor cycles searches further.
    private static CycleSet? Cycles(IGenerativeModel model)
        => model is IPiecewiseLinearMap map ? CycleSearch.Find(map, new() { MaxOrder = 6, Starts = 40, Returns = 20 }) : null;
}
