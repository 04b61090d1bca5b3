using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>One fit of a mixture.</summary>
internal sealed class MixtureFitting(MixtureSettings settings, Mixture model, MixtureData data, Standardization? units) : ModelTraining
{
    private MixtureState? _state;
    private MixtureFit? _fit;
    private Communicator? _ranks;

    public override ModelSettings Settings => settings;

    public override ILearntModel Model => model;

    public override int Observed => model.Columns.Count;

    internal override bool MayEndSooner => !settings.IsStochastic;

    public override void Distribute(Communicator ranks) => _ranks = ranks;

    public override void Resume(RunFolder folder) => _state = folder.ResumeMixture();

    public override TrainingEnding Train(RunFolder folder, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        MixtureCallbacks callbacks = new() { Progress = progress, Checkpoint = folder.Save };
        MixtureFit fit = settings.IsStochastic
            ? StochasticVariationalInference.Fit(
                model, data.Rows, settings.ToStochasticOptions() with { Ranks = _ranks }, _state, callbacks, cancellationToken)
            : CoordinateAscent.Fit(
                model, data.Rows, settings.ToOptions(data.Responsibilities) with { Ranks = _ranks }, _state, callbacks, cancellationToken);
        // Before there is a bound there is nothing to tell; the run goes on from its checkpoint all the same.
        if (fit.Trace.Count == 0)
            return TrainingEnding.Cancelled;
        _fit = fit;
        if (_fit.Ending != TrainingEnding.Cancelled)
            folder.Finish(_fit);
        return Ending(_fit);
    }

    public override JsonObject Describe(string run)
    {
        if (_fit is not { } fit)
            return new()
            {
                ["run"] = run,
                ["model"] = model.Kind,
                ["rows"] = data.Rows.Count,
                ["seed"] = settings.Seed,
                ["ending"] = KebabCase.Of(TrainingEnding.Cancelled)
            };
        JsonObject json = new()
        {
            ["run"] = run,
            ["model"] = model.Kind,
            ["rows"] = data.Rows.Count,
            ["columns"] = new JsonArray([.. model.Columns.Select(c => (JsonNode)c)]),
            ["missing"] = new JsonObject(fit.Missing.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value))),
            ["parameters"] = model.ParameterCount,
            ["seed"] = settings.Seed,
            ["ending"] = KebabCase.Of(Ending(fit)),
            ["converged"] = fit.Converged,
            ["reason"] = fit.Reason,
            ["elbo"] = Json.Number(fit.Elbo),
            ["elbo_trace"] = new JsonArray([.. fit.Trace.Select(Json.Number)]),
            ["elbo_terms"] = new JsonObject(fit.Terms.Select(t => KeyValuePair.Create(t.Name, Json.Number(t.Value)))),
            ["restart"] = fit.Restart,
            ["restart_elbos"] = new JsonArray([.. fit.Traces.Select(t => Json.Number(t[^1]))]),
            ["weights"] = new JsonArray([.. model.Weights.Mean.Select(Json.Number)]),
            ["components"] = ComponentJson.Of(model, fit.Counts),
            ["seconds"] = Json.Number(fit.Seconds),
        };
        DataUnits.AddTo(json, units);
        return json;
    }

    public override FormattableString Sentence(string run)
    {
        if (_fit is not { } fit)
            return $"{run}: cancelled before the first epoch";
        int used = fit.Counts.Count(c => c >= 0.5);
        string counts = string.Create(
            CultureInfo.InvariantCulture,
            $"{run}: {model.Components} components, of which {used} hold rows, fitted to {data.Rows.Count:N0} rows in {fit.Seconds:F1} s; "
            + $"ELBO {fit.Elbo:F2} nats");
        string restarts = fit.Traces.Count > 1
            ? string.Create(
                CultureInfo.InvariantCulture, $", reached by {fit.Traces.Count(t => t[^1] > fit.Elbo - 0.01)} of {fit.Traces.Count} starts")
            : "";
        string missing = fit.Missing.Count > 0 ? "\n  marginalised: " + string.Join(
            ", ", fit.Missing.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Value:N0} missing values of {m.Key}"))) : "";
        string path = RunCommands.Quote(run);
        if (fit.Ending == TrainingEnding.Cancelled)
            return $"{counts}, cancelled";
        string ending = fit.Converged ? "converged" : "not converged";
        return SettingSentence.Join(
            $"{counts}{restarts}\n  {ending}: {fit.Reason}{missing}{DataUnits.Line(units)}",
            $"\n  next: attractor report {path}, attractor evaluate {path}");
    }

    // Someone who asks for some epochs gets them; coordinate ascent is meant to arrive.
    private TrainingEnding Ending(MixtureFit fit)
        => fit.Ending == TrainingEnding.Completed && !fit.Converged && !settings.IsStochastic ? TrainingEnding.NotConverged : fit.Ending;
}
