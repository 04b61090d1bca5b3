using System.Text.Json.Nodes;
using Attractor.Data;

namespace Attractor.Runs;

/// <summary>A question to a trained model, apart from its options.</summary>
/// <param name="Data">A file of data that it is about; null for those of the run.</param>
/// <param name="Output">The file that the answer goes to, where it is one; null for the customary name.</param>
/// <param name="Messages">Told now and then how far a long answer has come.</param>
/// <param name="Token">Ends it before its time.</param>
public readonly record struct Request(
    string? Data = null, string? Output = null, IProgress<string>? Messages = null, CancellationToken Token = default)
{
    /// <summary>What of a file of data is taken; null for what it holds.</summary>
    public DataSelection? Selection { get; init; }

    /// <summary>Told once what was understood of a file of data, before any work.</summary>
    public IProgress<string>? Understood { get; init; }

    /// <summary>The file of a report, <c>report.html</c> in the run's folder where none is named.</summary>
    /// <exception cref="IOException">There is a link in the folder instead of a report: what it links to is no part of the run.</exception>
    internal string ReportOf(TrainedModel model)
    {
        if (Output is not null || !model.IsRun)
            return Output ?? RunLayout.Report;
        return ReportIn(model.Path);
    }

    /// <summary>The file of a report in a folder of a run, or of several.</summary>
    /// <exception cref="IOException">There is a link in the folder instead: what it links to is no part of it.</exception>
    internal static string ReportIn(string folder)
        => RunLayout.RefuseLink(Path.Combine(folder, RunLayout.Report), "remove it, or name the file to write");

    /// <summary>That a report was written.</summary>
    internal static Answer Reported(string path) => new(new JsonObject { ["report"] = path }, path);
}
