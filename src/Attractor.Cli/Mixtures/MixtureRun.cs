using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Cli.Runs;
using Attractor.Cli.Settings;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Cli.Mixtures;

/// <summary>One fit of a mixture in its run folder.</summary>
internal sealed class MixtureRun : IModelRun
{
    private readonly MixtureSettings _settings;
    private readonly RunFolder _folder;
    private readonly Mixture _model;
    private readonly MixtureData _data;
    private readonly bool _resume;
    private MixtureState? _state;
    private MixtureFit? _fit;

    private MixtureRun(MixtureSettings settings, RunFolder folder, Mixture model, MixtureData data, bool resume)
        => (_settings, _folder, _model, _data, _resume) = (settings, folder, model, data, resume);

    public string Path => _folder.Path;

    public ILearntModel Model => _model;

    /// <summary>Checks everything and locks the folder. What it holds stays as it is until <see cref="Begin"/>.</summary>
    public static MixtureRun Prepare(string path, MixtureSettings settings, MixtureData data, bool resume, bool overwrite)
    {
        Mixture model = settings.CreateModel(data.Rows, data.Columns);
        if (settings.IsStochastic)
            StochasticVariationalInference.Check(model, data.Rows, settings.ToStochasticOptions());
        else
            CoordinateAscent.Check(model, data.Rows, settings.ToOptions(data.Responsibilities));
        return new(settings, RunFolders.Open(path, resume, overwrite), model, data, resume);
    }

    public void Begin()
    {
        if (_resume)
            _state = _folder.ResumeMixture();
        else
            _folder.Begin(Json.Bytes(_settings.ToJson(_model, _model.Columns.Count)), RunCommands.Text(Path, _settings));
    }

    public TrainingEnding Train(IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        MixtureCallbacks callbacks = new() { Progress = progress, Checkpoint = _folder.Save };
        try
        {
            _fit = _settings.IsStochastic
                ? StochasticVariationalInference.Fit(_model, _data.Rows, _settings.ToStochasticOptions(), _state, callbacks, cancellationToken)
                : CoordinateAscent.Fit(_model, _data.Rows, _settings.ToOptions(_data.Responsibilities), _state, callbacks, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Before there was a state to keep: the run begins anew when it is resumed.
            return TrainingEnding.Cancelled;
        }
        if (_fit.Ending != TrainingEnding.Cancelled)
            _folder.Finish(_fit);
        return Ending(_fit);
    }

    public JsonObject Describe()
    {
        if (_fit is not { } fit)
            return new() { ["run"] = Path, ["model"] = _model.Kind, ["rows"] = _data.Rows.Count, ["seed"] = _settings.Seed, ["ending"] = KebabCase.Of(TrainingEnding.Cancelled) };
        JsonObject json = new()
        {
            ["run"] = Path,
            ["model"] = _model.Kind,
            ["rows"] = _data.Rows.Count,
            ["columns"] = new JsonArray([.. _model.Columns.Select(c => (JsonNode)c)]),
            ["missing"] = new JsonObject(fit.Missing.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value))),
            ["parameters"] = _model.ParameterCount,
            ["seed"] = _settings.Seed,
            ["ending"] = KebabCase.Of(Ending(fit)),
            ["converged"] = fit.Converged,
            ["reason"] = fit.Reason,
            ["elbo"] = Json.Number(fit.Elbo),
            ["elbo_trace"] = new JsonArray([.. fit.Trace.Select(Json.Number)]),
            ["elbo_terms"] = new JsonObject(fit.Terms.Select(t => KeyValuePair.Create(t.Name, Json.Number(t.Value)))),
            ["restart"] = fit.Restart,
            ["restart_elbos"] = new JsonArray([.. fit.Traces.Select(t => Json.Number(t[^1]))]),
            ["weights"] = new JsonArray([.. _model.Weights.Mean.Select(Json.Number)]),
            ["components"] = ComponentJson.Of(_model, fit.Counts),
            ["seconds"] = Json.Number(fit.Seconds),
        };
        return json;
    }

    public string Sentence()
    {
        if (_fit is not { } fit)
            return $"{Path}: cancelled before the first epoch";
        int used = fit.Counts.Count(c => c >= 0.5);
        string counts = string.Create(CultureInfo.InvariantCulture, $"{Path}: {_model.Components} components, of which {used} hold rows, fitted to {_data.Rows.Count:N0} rows in {fit.Seconds:F1} s; ELBO {fit.Elbo:F2} nats");
        string restarts = fit.Traces.Count > 1
            ? string.Create(CultureInfo.InvariantCulture, $", reached by {fit.Traces.Count(t => t[^1] > fit.Elbo - 0.01)} of {fit.Traces.Count} starts")
            : "";
        string missing = fit.Missing.Count > 0 ? "\n  marginalised: " + string.Join(", ", fit.Missing.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Value:N0} missing values of {m.Key}"))) : "";
        string path = RunCommands.Quote(Path);
        return fit.Ending == TrainingEnding.Cancelled
            ? $"{counts}, cancelled"
            : $"{counts}{restarts}\n  {(fit.Converged ? "converged" : "not converged")}: {fit.Reason}{missing}\n  next: attractor report {path}, attractor evaluate {path}";
    }

    // Someone who asks for some epochs gets them; coordinate ascent is meant to arrive.
    private TrainingEnding Ending(MixtureFit fit)
        => fit.Ending == TrainingEnding.Completed && !fit.Converged && !_settings.IsStochastic ? TrainingEnding.NotConverged : fit.Ending;

    public void Dispose() => _folder.Dispose();
}
