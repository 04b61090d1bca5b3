using System.CommandLine;
using Attractor.Cli.Output;
using Attractor.Data;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary>A verb that asks something of a trained model: its options are those of all kinds that answer to it.</summary>
internal static class AskCommand
{
    // What is written without a name; the extension depends on the model.
    private static readonly Dictionary<string, string> s_customary = new(StringComparer.Ordinal)
    {
        [Verbs.Generate] = "generated.*",
        [Verbs.Reconstruct] = "reconstructions.*",
        [Verbs.Interpolate] = "interpolation.*",
    };

    /// <summary>The commands of all such verbs.</summary>
    /// <param name="isAsked">Of which verbs the kinds of models are to be asked for their options.</param>
    public static IEnumerable<Command> All(Func<string, bool> isAsked) =>
    [
        Create(Verbs.Generate, isAsked(Verbs.Generate), "Let a trained model run by itself, or draw samples from it.", null,
            $"the file to write, {DataFiles.Written}; of a vae of images .png too "
                + "[generated.npy, generated.png; of a mixture generated.csv]"),
        Create(Verbs.Reconstruct, isAsked(Verbs.Reconstruct), "Encode observations and decode them again.",
            new("data")
            {
                Description = "images, a table or sequences [what the run was tested on, else trained on]",
                Arity = ArgumentArity.ZeroOrOne
            },
            "the file to write: .png (rows of originals, each above its reconstructions), or "
                + $"{SeriesFormat.Listed(f => f.CanWrite)} (reconstructions) [reconstructions.png or .npy]"),
        Create(Verbs.Interpolate, isAsked(Verbs.Interpolate), "Go from one observation to another through the latent variables.",
            new("data")
            {
                Description = "images or a table [what the run was tested on, else trained on]",
                Arity = ArgumentArity.ZeroOrOne
            },
            $"the file to write: .png, {DataFiles.Written} [interpolation.png or .npy]"),
        Create(Verbs.Evaluate, isAsked(Verbs.Evaluate), "Score a trained model against the truth, each score beside its noise floor.",
            new("data")
            {
                Description =
                    "the truth, in the units of the training data [of a vae or seqvae what its run was tested on; of a mixture "
                    + "what it was fitted to]",
                Arity = ArgumentArity.ZeroOrOne,
            },
            null),
        Create(
            Verbs.Report,
            isAsked(Verbs.Report),
            "Write one HTML file on a trained model, or take the figures out of a page that is written.",
            null,
            "the HTML file to write [RUN/report.html]",
            dataIsAnOption: true),
    ];

    private static Command Create(
        string verb, bool withOptions, string description, Argument<string?>? data, string? output, bool dataIsAnOption = false)
    {
        bool takesSeveral = verb is Verbs.Evaluate or Verbs.Report;
        Argument<string> run = new("run")
        {
            Description = "a run folder or a safetensors file" + (takesSeveral ? "; or a folder of seeds, or a study" : "")
                + (verb == Verbs.Report ? "; or, for its figures, an .html file that any verb has written" : "")
        };
        Option<string?> dataOption = new("--data") { Description = "the data to compare with [those of the run]", HelpName = "file" };
        OutputOption outputOption = CommonOptions.OutputFile(
            output ?? "",
            s_customary.GetValueOrDefault(verb),
            verb == Verbs.Report ? OutputOption.Page : [.. OutputOption.Series, ".png"]);
        Option<bool> json = CommonOptions.Json();
        Command command = new(verb, description) { run };
        if (data is not null)
            command.Add(data);
        if (dataIsAnOption)
            command.Add(dataOption);
        FigureOptions? figures = verb == Verbs.Report ? new(command) : null;
        SettingOptions options = new(command, withOptions ? Merged(verb) : []);
        DataOptions chosen = new(command, takesInputs: true);
        if (output is not null)
            command.Add(outputOption);
        command.Add(json);
        command.SetCancellableAction((parsed, token) =>
        {
            figures?.Check(parsed);
            string path = parsed.GetValue(run)!;
            string? about = data is not null ? parsed.GetValue(data) : dataIsAnOption ? parsed.GetValue(dataOption) : null;
            IProgress<string>? messages = parsed.GetValue(CommonOptions.Quiet) ? null : ErrorLines.Instance;
            if (figures is not null && FigureOptions.IsPage(path))
                return Conclude(figures.TakeFrom(parsed, path), null);
            if (takesSeveral && (StudyFolder.IsOne(path) || RunSet.Of(path).Count > 0))
            {
                figures?.RefuseForSeveral(parsed);
                return SeveralRuns.Conclude(
                    verb == Verbs.Evaluate ? SeveralRuns.Evaluate(path, Asked) : SeveralRuns.Report(
                        path, about, output is null ? null : parsed.GetValue(outputOption), Asked),
                    parsed.GetValue(json));
            }
            Answer answer = Asked(path);
            return Conclude(answer, figures?.Write(parsed, answer));

            int Conclude(Answer answer, string? more)
            {
                if (parsed.GetValue(json))
                    JsonOutput.Print(answer.Json);
                else
                    Console.WriteLine(more is null ? answer.Text : $"{answer.Text}\n{more}");
                if (!answer.Succeeded && answer.Json["finite"]?.GetValue<bool>() == false)
                    JsonOutput.Note(ErrorCode.Diverged, "the model diverges on its own: its orbit is not finite");
                return answer.Succeeded ? 0 : 1;
            }

            Answer Asked(string one)
            {
                TrainedModel model = TrainedModel.Load(one);
                Capability capability = model.Require(verb);
                List<(Setting Setting, object? Value)> given = [];
                foreach ((Setting setting, string text) in options.Given(parsed))
                {
                    Setting own = capability.Options.Find(setting.Key) ?? throw new ArgumentException(
                        $"{setting.Option} means nothing to a {model.Model.Kind}{Instead(capability)}");
                    given.Add((own, own.Parse(text)));
                }
                Request request = new(about, output is null || one != path ? null : parsed.GetValue(outputOption), messages, token)
                {
                    Selection = model.Kind.Chosen(chosen.Given(parsed)),
                    Understood = DataLine.Of(parsed.GetValue(CommonOptions.Quiet), parsed.GetValue(json)),
                };
                return capability.Ask(model, capability.Options.With(capability.Options.Defaults, given), request);
            }
        });
        return command;
    }

    private static string Instead(Capability capability)
        => capability.Instead is { } instead ? ": " + SettingSentence.Render(instead, OptionName.Of) : "";

    // The settings of all kinds by their keys. What most kinds share goes without saying whose it is.
    private static IEnumerable<(Setting Setting, string Help)> Merged(string verb)
    {
        (ModelKind Kind, Capability Capability)[] kinds =
            [.. ModelKinds.All.Select(k => (k, k.Find(verb)!)).Where(k => k.Item2 is not null)];
        Capability most = kinds.GroupBy(k => k.Capability).MaxBy(g => g.Count())!.Key;
        foreach (IGrouping<string, (ModelKind Kind, Setting Setting)> same in kinds
            .SelectMany(k => k.Capability.Options.All.Select(s => (k.Kind, Setting: s)))
            .GroupBy(s => s.Setting.Key))
        {
            IEnumerable<string> texts = same
                .GroupBy(s => s.Setting.Help)
                .Select(g => g.Any(s => s.Kind.Find(verb) == most)
                    ? g.Key
                    : $"of a {string.Join(" or ", g.Select(s => s.Kind.Name))}: {g.Key}");
            yield return (same.First().Setting, string.Join("; ", texts));
        }
    }
}
