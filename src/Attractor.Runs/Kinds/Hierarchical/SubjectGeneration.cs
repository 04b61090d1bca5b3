using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>Lets the network of one subject run freely.</summary>
internal sealed class SubjectGeneration()
    : Capability<SubjectOrbitOptions>(Verbs.Generate, $"it runs for {nameof(SubjectOrbitOptions.Steps):setting} rows by itself")
{
    protected override Answer Ask(TrainedModel model, SubjectOrbitOptions options, Request request)
    {
        HierarchicalShallowPlrnn subjects = SubjectMap.Require(model);
        int subject = SubjectMap.Index(subjects, options.Subject);
        TimeSeries data = options.From is null && !model.IsRun
            ? new(subjects.Standardization is { } units ? [.. units.Mean] : new double[subjects.Observed], subjects.Observed)
            : SubjectMap.Recordings(model, options.From, subjects.Subjects[subject], null, request)[0].Series;
        if (options.Start < 0 || options.Start >= data.Length)
            throw new SettingException(
                $"{nameof(SubjectOrbitOptions.Start):setting} must be a row of the data, 0 to {data.Length - 1}, not {options.Start}");
        if (data.Slice(options.Start, 1).FindNonFinite() is not null)
            throw new SettingException(
                $"row {options.Start} of the data has missing values: {nameof(SubjectOrbitOptions.Start):setting} elsewhere");
        MemoryNeed.RequireRows(options.Steps, subjects.Observed, $"{nameof(SubjectOrbitOptions.Steps):setting}");
        TimeSeries orbit = SubjectMap.Network(subjects, subject).Generate(data, options.Steps, options.Start);
        string path = request.Output ?? "generated.npy";
        SeriesFile.Write(path, orbit);
        bool finite = orbit.FindNonFinite() is null;
        return new(
            new JsonObject
            {
                ["file"] = path,
                ["subject"] = subjects.Subjects[subject],
                ["rows"] = orbit.Length,
                ["columns"] = orbit.Dimension,
                ["finite"] = finite,
            },
            $"{path}: {orbit.Length} rows of subject {subjects.Subjects[subject]}"
            + (finite ? "" : ", not finite from some row on: the orbit diverges"),
            finite);
    }
}
