using System.Globalization;
using Attractor.Dynamics;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Reports;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>The report of a hierarchical model: its subjects by their features, their dynamics, and their scores.</summary>
internal sealed class HierarchicalReporting() : Capability<HierarchicalReportOptions>(Verbs.Report)
{
    private const int Steps = 20_000;

    protected override Answer Ask(TrainedModel model, HierarchicalReportOptions options, Request request)
    {
        SeriesSource.RequirePositive(options.Dt);
        string path = request.ReportOf(model);
        HierarchicalShallowPlrnn subjects = SubjectMap.Require(model);
        SubjectScores scores = SubjectScores.Of(
            subjects,
            SubjectMap.Recordings(model, request.Data, null, options.Dt, request),
            Steps,
            request.Messages,
            request.Token);
        double dt = options.Dt ?? model.Dt ?? 1;
        string unit = options.Dt is null && model.Dt is null ? "step" : "unit of time";
        double[] exponents =
            [.. Enumerable.Range(0, subjects.Subjects.Count).Select(s => Lyapunov.Maximum(
                subjects.NetworkOf(s), Steps, cancellationToken: request.Token) / dt)];
        int feature = FeatureFigures.MostVaried(subjects);
        List<Element> figures = [FeatureFigures.Plane(subjects, exponents, unit)];
        if (subjects.Subjects.Count > 1)
        {
            IReadOnlyList<FeaturePoint> line = FeatureLine.Moving(subjects, feature, steps: Steps, cancellationToken: request.Token);
            figures.Add(FeatureFigures.Line(subjects, feature, exponents, line, dt, unit));
        }
        (string[] header, IReadOnlyList<string[]> rows) = scores.Table();
        IReadOnlyList<LossPoint> losses = model.IsRun ? RunFolder.ReadLosses(model.Path) : [];
        List<Section> sections =
        [
            new("Subjects", [.. figures, FeatureTable(subjects, exponents, unit)]),
            new("How close they are", [
                new Paragraph("Each network ran freely beside the recording of its subject; the first line has the medians."),
                new TableElement([header[0], .. header.Skip(1).Select(h => h + "#")], rows)]),
        ];
        if (losses.Count > 0)
            sections.Add(new("Training", [Loss(losses, model.Settings is HierarchicalSettings { Covariance: true })]));
        if (model.Config is { } config)
            sections.Add(new("Settings", [new KeyValueTable([.. RunConfig.Entries(config)])]));
        string run = RunCommands.Quote(model.Path), again = request.Data is { } data
            ? $"attractor report {run} --data {RunCommands.Quote(data)} -o report.html"
            : $"attractor report {run} -o report.html";
        sections.Add(new("How to go on", [new CommandList(
            [
                ("report", again),
                ("exponents along a feature", FormattableString.Invariant($"attractor lyapunov {run} --along feature:{feature + 1}")),
                ("a new subject", $"attractor train {subjects.Kind} new.npy --from {run}"),
            ])]));
        new Report(
            $"{model.Name}: {subjects.Kind}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{subjects.Observed} observed variables, {subjects.Description}: {subjects.ParameterCount} learnt parameters."),
            sections).Save(path);
        return Request.Reported(path);
    }

    private static LineFigure Loss(IReadOnlyList<LossPoint> losses, bool isLikelihood) => new(
        "Training loss",
        isLikelihood
            ? "Negative log likelihood of the forced predictions per value, with the covariance of each subject."
            : "Mean squared error of the forced predictions, in units of the data squared.",
        "update",
        "loss",
        [new("loss", "--true", [.. losses.Select(p => (double)p.Update)], [.. losses.Select(p => p.Loss)])])
    {
        LogY = !isLikelihood,
    };

    private static TableElement FeatureTable(HierarchicalShallowPlrnn model, double[] exponents, string unit) => new(
        ["subject", .. Enumerable.Range(1, model.Features).Select(i => FormattableString.Invariant($"feature {i}#")),
            $"exponent per {unit}#"],
        [.. model.Subjects.Select((name, s) => (IReadOnlyList<string>)
        [
            name,
            .. model.FeaturesOf(s).Select(Text),
            double.IsNaN(exponents[s]) ? "none: it leaves every bound" : Text(exponents[s]),
        ])]);

    private static string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
