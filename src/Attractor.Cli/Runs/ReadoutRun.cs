using System.Diagnostics;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Cli.Settings;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Cli.Runs;

/// <summary>One fit of a linear readout in its run folder. It takes seconds, so there are no checkpoints: a run that is resumed is done again, with the same result.</summary>
internal sealed class ReadoutRun : IModelRun
{
    private readonly RunSettings _settings;
    private readonly RunFolder _folder;
    private readonly IGenerativeModel _model;
    private readonly bool _resume;
    private readonly Func<IProgress<ReadoutProgress>, CancellationToken, ReadoutResult> _fit;
    private ReadoutResult? _result;
    private double _seconds;

    private ReadoutRun(
        RunSettings settings, RunFolder folder, IGenerativeModel model, bool resume, Func<IProgress<ReadoutProgress>, CancellationToken, ReadoutResult> fit)
        => (_settings, _folder, _model, _resume, _fit) = (settings, folder, model, resume, fit);

    public string Path => _folder.Path;

    public ILearntModel Model => _model;

    private double Drawing { get; init; }

    public static ReadoutRun Prepare(string path, ReservoirSettings settings, IReadOnlyList<TimeSeries> trials, bool resume, bool overwrite)
    {
        Stopwatch clock = Stopwatch.StartNew();
        ReadoutOptions options = settings.ToReadoutOptions(trials.Max(t => t.Length) - 1);
        EchoStateNetwork network = settings.CreateModel(trials[0].Dimension);
        TeachingSeries[] series = [.. trials.Select(TeachingSeries.NextStep)];
        ReadoutTraining.Check(network, series, options);
        double drawing = clock.Elapsed.TotalSeconds;
        return new(
            settings, RunFolders.Open(path, resume, overwrite), network, resume, (progress, token) => ReadoutTraining.Fit(network, series, options, progress, token))
        {
            Drawing = drawing,
        };
    }

    public static ReadoutRun Prepare(string path, VectorAutoregressionSettings settings, IReadOnlyList<TimeSeries> trials, bool resume, bool overwrite)
    {
        NonlinearVectorAutoregression model = settings.CreateModel(trials[0].Dimension);
        ReadoutOptions options = settings.ToReadoutOptions();
        VectorAutoregressionTraining.Check(model, trials, options);
        IReadOnlyList<TimeSeries> noisy = settings.WithNoise(trials);
        return new(
            settings, RunFolders.Open(path, resume, overwrite), model, resume, (_, token) => VectorAutoregressionTraining.Fit(model, noisy, options, token));
    }

    public void Begin()
    {
        if (!_resume)
            _folder.Begin(Json.Bytes(_settings.ToJson(_model, _model.Observed)), RunCommands.Text(Path, _settings));
    }

    public TrainingEnding Train(IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        try
        {
            _result = _fit(new Rows(progress, clock), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return TrainingEnding.Cancelled;
        }
        catch (ArgumentException) when (!_resume)
        {
            _folder.Abandon();
            throw;
        }
        _folder.Finish(_model);
        _seconds = clock.Elapsed.TotalSeconds;
        return TrainingEnding.Completed;
    }

    public JsonObject Describe()
    {
        JsonObject json = new()
        {
            ["run"] = Path,
            ["model"] = _model.Kind,
            ["observed"] = _model.Observed,
            ["units"] = _model is EchoStateNetwork network ? network.Reservoir.Units : null,
            ["parameters"] = _model.ParameterCount,
            ["seed"] = _settings.Seed,
            ["ending"] = (_result is null ? TrainingEnding.Cancelled : TrainingEnding.Completed).ToString().ToLowerInvariant(),
        };
        if (_result is not { } result)
            return json;
        json["samples"] = result.Samples;
        json["loss"] = Json.Number(result.Fit.Loss);
        json["squared_error"] = Json.Number(result.Fit.SquaredError);
        json["mse"] = Json.Number(result.MeanSquaredError(_model.Observed));
        json["ridge"] = Json.Number(result.Fit.Ridge);
        json["reciprocal_condition"] = Json.Number(result.Fit.ReciprocalCondition);
        json["warm_up"] = _model.WarmUp;
        if (_model is EchoStateNetwork)
            json["forgetting"] = result.Forgetting;
        if (result.Path.Count > 0)
        {
            json["ridge_path"] = new JsonArray([.. result.Path.Select(p => new JsonObject
            {
                ["ridge"] = Json.Number(p.Ridge),
                ["score"] = Json.Number(p.Score),
                ["degrees_of_freedom"] = Json.Number(p.DegreesOfFreedom),
            })]);
        }
        json["seconds"] = Json.Number(_seconds + Drawing);
        return json;
    }

    public string Sentence()
    {
        if (_result is not { } result)
            return $"{Path}: cancelled";
        string ridge = result.Path.Count > 0 ? FormattableString.Invariant($", ridge {result.Fit.Ridge:G3}") : "";
        string forgets = _model is not EchoStateNetwork ? ""
            : result.Forgetting is { } steps ? FormattableString.Invariant($"\n  forgets its beginning within {steps} steps")
            : result.ForgettingIsMeasured ? "\n  does not forget its beginning: lower --spectral-radius, or raise --input-scale"
            : "";
        return FormattableString.Invariant(
            $"{Path}: {result.Samples:N0} samples in {_seconds + Drawing:F2} s, loss {result.Fit.Loss:G6}, mean squared error {result.MeanSquaredError(_model.Observed):G4}{ridge}, reciprocal condition {result.Fit.ReciprocalCondition:0.0e-0}{forgets}\n  next: attractor evaluate {RunCommands.Quote(Path)} test.npy");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Rows driven, as the display of trainings wants it.</summary>
    private sealed class Rows(IProgress<TrainingProgress> display, Stopwatch clock) : IProgress<ReadoutProgress>
    {
        public void Report(ReadoutProgress value)
        {
            double rate = value.Rows / Math.Max(1e-9, clock.Elapsed.TotalSeconds);
            display.Report(new(value.Rows, value.Of, double.NaN, double.NaN, rate, TimeSpan.FromSeconds((value.Of - value.Rows) / Math.Max(rate, 1e-9))));
        }
    }
}
