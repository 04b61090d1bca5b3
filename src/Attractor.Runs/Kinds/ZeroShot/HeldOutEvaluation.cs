using Attractor.Models;
using Attractor.Systems;

namespace Attractor.Runs;

/// <summary>Lets a zero-shot model forecast systems that it has not learnt from.</summary>
internal sealed class HeldOutEvaluation() : Capability<HeldOutOptions>(Verbs.Evaluate)
{
    protected override Answer Ask(TrainedModel model, HeldOutOptions options, Request request)
    {
        HeldOutScores scores = Of(model, options, request);
        (string[] header, IReadOnlyList<string[]> rows) = scores.Table();
        string[] lines =
        [
            .. rows.Prepend(header).Select(row => row[0].PadRight(24) + string.Concat(row.Skip(1).Select(cell => cell.PadLeft(14)))),
            scores.Summary(),
            $"  next: attractor forecast data.csv --weights {RunCommands.Quote(model.Path)}",
        ];
        return new Scores(scores.ToJson(), string.Join('\n', lines), scores.Systems.All(s => s.IsFinite));
    }

    /// <summary>The scores.</summary>
    /// <exception cref="SettingException">A file of data is named, or no system.</exception>
    public static HeldOutScores Of(TrainedModel model, HeldOutOptions options, Request request)
    {
        if (request.Data is { } data)
            throw new SettingException(SettingSentence.Join(
                $"a {DynaMixModel.KindName} is tested on systems that are simulated: ",
                $"attractor forecast {RunCommands.Quote(data)} --weights {RunCommands.Quote(model.Path)} forecasts data"));
        DynaMixModel network = (DynaMixModel)model.Model;
        IReadOnlyList<SystemDefinition> systems = options.Systems is { } names
            ? ZeroShotSystems.Of(names, ZeroShotSystems.None, network.Observed).Training
            : model.Settings is ZeroShotSettings settings
            ? ZeroShotSystems.Of(settings.Systems, settings.HoldOut, settings.Observed).HeldOut
            : [];
        return systems.Count > 0 ? HeldOutScores.Of(network, systems, options, request) : throw new SettingException(
            $"{model.Path} holds no system out: name some, {nameof(HeldOutOptions.Systems):setting} rossler,lorenz63");
    }
}
