using System.Text.Json.Nodes;
using Attractor.Learning;
using Attractor.Runs;

namespace Attractor.Native;

/// <summary>Kinds of models, trainings, and what is asked of trained models: the runs of the command.</summary>
internal static class ModelFunctions
{
    private const string GivenHere = "settings";

    /// <summary>All kinds with their settings and what can be asked of them.</summary>
    public static JsonObject Kinds(NativeCall _) => new()
    {
        ["kinds"] = new JsonArray([.. ModelKinds.All.Select(kind => (JsonNode)new JsonObject
        {
            ["name"] = kind.Name,
            ["description"] = kind.Description,
            ["settings"] = Settings(kind.Settings),
            ["capabilities"] = new JsonArray([.. kind.Capabilities.Select(c => (JsonNode)new JsonObject
            {
                ["verb"] = c.Verb,
                ["options"] = Settings(c.Options),
            })]),
        })]),
    };

    /// <summary>Trains a model on a file of data into a run folder.</summary>
    public static JsonObject Fit(NativeCall call)
    {
        ModelKind kind = ModelKinds.Find(call.RequiredWord("kind"));
        SettingsForm form = kind.Settings;
        ModelSettings settings = (ModelSettings)form.With(form.Defaults, form.Read(call.Object(GivenHere), GivenHere, []));
        settings = settings with { Model = kind.Name };
        settings.RequireUse([.. call.Object(GivenHere).EnumerateObject().Select(p => form.Find(p.Name)!)]);
        using Run run = Run.Start(
            call.RequiredWord("run"), kind.Name, call.Word("data"), settings, call.Flag("overwrite"), call.Token);
        return Conclude(call, run.Train(call, call.Token));
    }

    /// <summary>Goes on with a run; for longer than its config says, where more is given.</summary>
    public static JsonObject Resume(NativeCall call)
    {
        string path = call.RequiredWord("run");
        ModelSettings settings = RunConfig.Settings(path);
        ModelKind kind = ModelKinds.Find(settings.Model);
        IReadOnlyList<(Setting Setting, object? Value)> more = kind.Settings.Read(call.Object("more"), "more", []);
        settings = settings.Longer(more);
        using TrainingData data = kind.Read(settings, null, call.Token);
        using Run run = Run.Prepare(path, settings, data, resume: true, overwrite: false, extend: more.Count > 0);
        return Conclude(call, run.Train(call, call.Token));
    }

    /// <summary>Asks something of a trained model by a verb of the command; files come and go as the command has them.</summary>
    public static JsonObject Ask(NativeCall call)
    {
        TrainedModel model = TrainedModel.Load(call.RequiredWord("run"));
        Capability capability = model.Require(call.RequiredWord("verb"));
        SettingsForm form = capability.Options;
        SettingsRecord options = form.With(form.Defaults, form.Read(call.Object("options"), "options", []));
        Answer answer = capability.Ask(model, options, new(call.Word("data"), call.Word("output"), null, call.Token));
        if (!answer.Succeeded)
        {
            call.ExitCode = 1;
            call.Failure = new(1, ErrorCode.Diverged, "the model diverges on its own, or is of no use: the answer says more");
        }
        answer.Json["text"] = answer.Text;
        return answer.Json;
    }

    private static JsonObject Conclude(NativeCall call, Outcome outcome)
    {
        call.Failure = outcome.Ending switch
        {
            TrainingEnding.Completed => null,
            TrainingEnding.Cancelled => new(130, ErrorCode.Cancelled, "cancelled; the run can be resumed"),
            TrainingEnding.Diverged => new(1, ErrorCode.Diverged, SettingSentence.Render(outcome.Sentence, NativeCall.NameOf)),
            _ => new(1, ErrorCode.NotConverged, SettingSentence.Render(outcome.Sentence, NativeCall.NameOf)),
        };
        call.ExitCode = call.Failure?.ExitCode ?? 0;
        return outcome.Json;
    }

    private static JsonArray Settings(SettingsForm form) => new([.. form.All.Select(setting => (JsonNode)new JsonObject
    {
        ["key"] = setting.Key,
        ["help"] = setting.Help,
        ["kind"] = setting.Kind.ToString().ToLowerInvariant(),
        ["words"] = new JsonArray([.. setting.Words.Select(word => (JsonNode?)word)]),
        ["unit"] = setting.Unit,
        ["range"] = setting.Range,
        ["group"] = setting.Group.ToString().ToLowerInvariant(),
        ["default"] = setting.Write(setting.Default),
    })]);
}
