using Attractor.Data;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>The networks of the subjects of a trained model, with their recordings.</summary>
internal static class SubjectMap
{
    /// <summary>The network of a subject as a map, to ask about its dynamics.</summary>
    public static MapSource Of(TrainedModel trained, string subject, double? dt)
    {
        HierarchicalShallowPlrnn model = Require(trained);
        ShallowPlrnn network = model.NetworkOf(Index(model, subject));
        return new($"{trained.Name}, subject {subject}", network, Lyapunov.StartingState(network), dt ?? trained.Dt, null);
    }

    /// <summary>The network of a subject in the units of the data.</summary>
    public static IGenerativeModel Network(HierarchicalShallowPlrnn model, int subject)
        => StandardizedModel.Of(model.NetworkOf(subject), model.Standardization);

    /// <summary>A model of subjects.</summary>
    /// <exception cref="ArgumentException">It is another.</exception>
    public static HierarchicalShallowPlrnn Require(TrainedModel trained)
        => trained.Model as HierarchicalShallowPlrnn ?? throw new SettingException(SettingSentence.Join(
            $"{nameof(SubjectOrbitOptions.Subject):setting} is for a {HierarchicalShallowPlrnn.KindName}: {trained.Path} ",
            $"holds a {trained.Model.Kind}"));

    /// <summary>The number of a subject.</summary>
    /// <exception cref="ArgumentException">There is none of that name, or none is named where there are several.</exception>
    public static int Index(HierarchicalShallowPlrnn model, string? subject)
        => subject is not null ? model.IndexOf(subject)
            : model.Subjects.Count == 1 ? 0
            : throw new SettingException(
                $"{nameof(SubjectOrbitOptions.Subject):setting} names one of {model.Subjects.Count} subjects, such as {model.Subjects[0]}");

    /// <summary>The recordings of a file, each with the number of its subject.</summary>
    /// <param name="trained">The model.</param>
    /// <param name="file">The file; null for what it was trained on.</param>
    /// <param name="subject">The one subject that is asked about; null for all.</param>
    /// <param name="dt">Time between two rows; null for what the run says.</param>
    /// <param name="request">What is chosen of the file, and who is told what was understood.</param>
    /// <exception cref="ArgumentException">The file holds subjects that the model does not know.</exception>
    public static IReadOnlyList<(int Subject, TimeSeries Series)> Recordings(
        TrainedModel trained, string? file, string? subject, double? dt, Request request)
    {
        HierarchicalShallowPlrnn model = Require(trained);
        int? asked = subject is null ? null : model.IndexOf(subject);
        SeriesSettings? run = trained.Settings as SeriesSettings;
        string path = file ?? run?.Data ?? throw new ArgumentException(
            $"{trained.Path} does not say what it was trained on: name a file of data");
        DataReading reading = trained.Recordings(
            path, model.Observed, dt, request.Selection ?? (file is null ? run?.Selection : null));
        if (file is not null)
            request.Understood?.Report(SettingSentence.Render(RecordingSource.Describe(path, reading)));
        IReadOnlyList<string> names = reading.TrialNames;
        if (asked is { } one && reading.Trials.Count == 1)
            return [(one, reading.Trials[0])];
        bool inOrder = reading.Trials.Count == model.Subjects.Count && !names.Any(model.Subjects.Contains);
        List<(int, TimeSeries)> found = [];
        for (int t = 0; t < reading.Trials.Count; t++)
        {
            int s = inOrder ? t : model.IndexOf(names[t]);
            if (asked is null || s == asked)
                found.Add((s, reading.Trials[t]));
        }
        return found.Count > 0 ? found : throw new ArgumentException($"{path} holds no recording of subject '{subject}'");
    }
}
