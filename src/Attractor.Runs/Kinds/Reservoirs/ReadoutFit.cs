using System.Diagnostics;
using System.Text.Json.Nodes;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>
/// One fit of a linear readout. It takes seconds, so there are no checkpoints: a run that is resumed is done again, with the same result.
/// </summary>
/// <param name="settings">The settings, resolved.</param>
/// <param name="model">What is fitted.</param>
/// <param name="prepared">What was done to the data.</param>
/// <param name="variance">What the mean of the data leaves of a target; null where doing nothing is another thing.</param>
/// <param name="drawing">Seconds that its weights took.</param>
/// <param name="leftOut">What of the data it cannot use.</param>
/// <param name="fit">Fits it.</param>
internal sealed class ReadoutFit(
    ModelSettings settings,
    IGenerativeModel model,
    DataPreparation prepared,
    double? variance,
    double drawing,
    LeftOut? leftOut,
    Func<IProgress<ReadoutProgress>, Communicator?, CancellationToken, ReadoutResult> fit)
    : ModelTraining
{
    private ReadoutResult? _result;
    private Communicator? _ranks;
    private double _seconds;
    private bool _resumed;

    public override ModelSettings Settings => settings;

    public override ILearntModel Model => StandardizedModel.Of(model, prepared.Units);

    public override int Observed => model.Observed;

    internal override LeftOut? LeftOut => leftOut;

    public override void Distribute(Communicator ranks)
    {
        if (!ModelKinds.Find(settings.Model).CanBeDistributed)
            base.Distribute(ranks);
        _ranks = ranks;
    }

    public override void Resume(RunFolder folder) => _resumed = true;

    public override TrainingEnding Train(RunFolder folder, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        try
        {
            ReadoutResult result = fit(new RowsDriven(progress, clock), _ranks, cancellationToken);
            if (!double.IsFinite(result.Fit.Loss) || !double.IsFinite(result.Fit.SquaredError))
                throw new ArithmeticException(FormattableString.Invariant(
                    $"the fit has a loss of {result.Fit.Loss}: its states or its targets are too large to be squared; rescale the data, ")
                    + "or lower the scale of the input");
            folder.Finish(Model, result.Path);
            _result = result;
        }
        catch (OperationCanceledException)
        {
            return TrainingEnding.Cancelled;
        }
        catch (Exception e) when (!_resumed && e is ArgumentException or ArithmeticException)
        {
            folder.Abandon();
            throw;
        }
        _seconds = clock.Elapsed.TotalSeconds;
        return IsUseless(_result) ? TrainingEnding.NotConverged : TrainingEnding.Completed;
    }

    public override JsonObject Describe(string run)
    {
        JsonObject json = new()
        {
            ["run"] = run,
            ["model"] = model.Kind,
            ["observed"] = model.Observed,
            ["units"] = model is EchoStateNetwork network ? network.Reservoir.Units : null,
            ["parameters"] = model.ParameterCount,
            ["seed"] = settings.Seed,
            ["ending"] = (_result is null ? TrainingEnding.Cancelled : TrainingEnding.Completed).ToString().ToLowerInvariant(),
        };
        if (_result is not { } result)
            return json;
        json["samples"] = result.Samples;
        json["loss"] = Json.Number(result.Fit.Loss);
        json["squared_error"] = Json.Number(result.Fit.SquaredError);
        json["mse"] = Json.Number(result.MeanSquaredError(model.Observed));
        json["ridge"] = Json.Number(result.Fit.Ridge);
        json["reciprocal_condition"] = Json.Number(result.Fit.ReciprocalCondition);
        json["warm_up"] = model.WarmUp;
        if (model is EchoStateNetwork)
            json["forgetting"] = result.Forgetting;
        if (result.IsSaturated)
            json["mean_squared_state"] = Json.Number(result.MeanSquaredState!.Value);
        if (result.Path.Count > 0)
        {
            json["ridge_path"] = new JsonArray([.. result.Path.Select(p => new JsonObject
            {
                ["ridge"] = Json.Number(p.Ridge),
                ["score"] = Json.Number(p.Score),
                ["degrees_of_freedom"] = Json.Number(p.DegreesOfFreedom),
            })]);
        }
        prepared.AddTo(json);
        json["seconds"] = Json.Number(_seconds + drawing);
        return json;
    }

    public override FormattableString Sentence(string run)
    {
        if (_result is not { } result)
            return $"{run}: cancelled";
        string ridge = result.Path.Count > 0 ? FormattableString.Invariant($", ridge {result.Fit.Ridge:G3}") : "";
        return SettingSentence.Join(
            $"{run}: {result.Samples:N0} samples in {_seconds + drawing:F2} s, loss {result.Fit.Loss:G6}, ",
            $"mean squared error {result.MeanSquaredError(model.Observed):G4}{ridge}, ",
            $"reciprocal condition {result.Fit.ReciprocalCondition:0.0e-0}{Forgetting(result)}",
            $"{prepared.Lines}{Useless(result)}",
            Saturated(result),
            $"\n  next: {RunCommands.Evaluate(RunCommands.Quote(run), Settings.Data)}");
    }

    private bool IsUseless(ReadoutResult result) => result.MeanSquaredError(model.Observed) > 0.99 * variance;

    private string Useless(ReadoutResult result) => IsUseless(result)
        ? FormattableString.Invariant($"\n  of no use: the mean of the data predicts them as well (their variance is {variance:G4})")
        : "";

    private FormattableString Saturated(ReadoutResult result) => result.IsSaturated
        ? SettingSentence.Join(
            $"\n  saturated: the units are at -1 or 1 nearly always (mean square {result.MeanSquaredState:F3}); ",
            $"lower {nameof(ReservoirSettings.InputScale):setting}{(prepared.Units is null ? ", or let it standardise" : "")}")
        : $"";

    private FormattableString Forgetting(ReadoutResult result) => (model, result) switch
    {
        (EchoStateNetwork, { Forgetting: { } steps }) => $"\n  forgets its beginning within {steps} steps",
        (EchoStateNetwork, { ForgettingIsMeasured: true })
            => SettingSentence.Join(
                $"\n  does not forget its beginning: lower {nameof(ReservoirSettings.SpectralRadius):setting}, ",
                $"or raise {nameof(ReservoirSettings.InputScale):setting}"),
        _ => $"",
    };

    /// <summary>Rows driven, as the display of trainings wants it.</summary>
    private sealed class RowsDriven(IProgress<TrainingProgress> display, Stopwatch clock) : IProgress<ReadoutProgress>
    {
        public void Report(ReadoutProgress value)
        {
            double rate = value.Rows / Math.Max(1e-9, clock.Elapsed.TotalSeconds);
            display.Report(new(
                value.Rows, value.Of, double.NaN, double.NaN, rate, TimeSpan.FromSeconds((value.Of - value.Rows) / Math.Max(rate, 1e-9)))
            {
                Unit = "rows"
            });
        }
    }
}
