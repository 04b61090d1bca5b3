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
    /// <returns>What is stable in the model and not in the data, of a piecewise-linear one.</returns>
    public static OwnRests? Write(
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
        Section? choice = null,
        Section? trials = null,
        IReadOnlyList<TimeSeries>? recordings = null,
        IReadOnlyList<(string Name, TimeSeries Truth, TimeSeries Generated)>? compared = null,
        TimeSeries? learntFrom = null)
    {
        CycleSet? cycles = Cycles(model);
        OwnRests? own = cycles is null ? null : OwnRests.Of(cycles, recordings ?? [truth]);
        new ReconstructionReport
        {
            Title = title,
            Subtitle = string.Create(
                CultureInfo.InvariantCulture,
                $"{model.Kind} with {model.Observed} observed variables, {model.Description}: {model.ParameterCount} learnt parameters. ")
                + Driven(truth) + Compared(truth, scores),
            Verdict = verdict,
            Truth = truth,
            Generated = scores.Generated,
            Recordings = compared ?? [],
            Forecast = OrbitScores.IsEncoded(model)
                ? null
                : TypicalForecast.OfTrials(model, compared is null ? [truth] : [.. compared.Select(one => one.Truth)]),
            ObservesCounts = OrbitScores.IsEncoded(model),
            Cycles = cycles,
            Own = own,
            LearntFrom = learntFrom,
            Choice = choice,
            Trials = trials,
            Losses = losses,
            Scores = ScoreRows.Of(scores, truth.Dt, trueExponent),
            Configuration = config is { } json ? [.. RunConfig.Entries(json)] : [],
            Commands = commands,
        }.ToReport().Save(path);
        return own;
    }

    private static string Driven(TimeSeries truth) => truth.Inputs is not { } inputs ? ""
        : $"Driven by {string.Join(", ", inputs.Names)}, whose values are those of the data: a run that outlasts them begins them anew. ";

    private static string Compared(TimeSeries truth, ModelEvaluation scores) => scores.Trials.Count == 0
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"It ran freely for {truth.Length * 5L / 4:N0} steps, of which the last {truth.Length:N0} are compared with the truth.")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"It ran freely beside each of {scores.Trials.Count(trial => trial.LeftOut is null)} trials, {scores.Rows:N0} rows in all; the "
            + $"figures show all of them, each beside its own run.");

    // Cycles are of states, figures of what is observed of them.
    private static bool IsIdentity(IGenerativeModel model)
        => (model is StandardizedModel units ? units.Model : model)
            is not (RecurrentModel { IsAffine: true } or RecurrentModel { Modalities.Count: > 0 });

    // Enough for a figure; attractor cycles searches further.
    private static CycleSet? Cycles(IGenerativeModel model)
        => model is IPiecewiseLinearMap map and not IDrivenMap { Inputs: > 0 } && IsIdentity(model)
            ? CycleSearch.Find(map, new() { MaxOrder = 6, Starts = 40, Returns = 20 })
            : null;
}
