using Attractor.Systems;

namespace Attractor.Runs;

/// <summary>
/// What a command line asks about the dynamics of: a trained model, a system of the catalogue, or one of a file of equations.
/// </summary>
/// <param name="Name">As the command line has it.</param>
/// <param name="Map">The map.</param>
/// <param name="Start">A state in its basin.</param>
/// <param name="Dt">Time of a step, if it is known.</param>
/// <param name="System">The system, unless it is a model.</param>
internal sealed record MapSource(string Name, IObservedMap Map, double[] Start, double? Dt, SystemDefinition? System)
{
    /// <param name="subject">A run folder, a safetensors file, a name of the catalogue or a file of equations.</param>
    /// <param name="dt">Time of a step, if given.</param>
    /// <param name="parameters">Other values of the parameters of a system.</param>
    /// <param name="tolerance">Of the integrator of a flow.</param>
    public static MapSource Find(string subject, double? dt, IReadOnlyList<string>? parameters = null, double tolerance = 1e-9)
    {
        SeriesSource.RequirePositive(dt);
        if (TrainedModel.IsNamedBy(subject))
        {
            if (parameters is { Count: > 0 })
                throw new SettingException($"{SystemSource.Parameter:setting} is for known systems: a trained model has its own");
            TrainedModel model = TrainedModel.Load(subject);
            return model.Kind.ToMap(model, subject, dt);
        }
        SystemDefinition system = SystemSource.Find(subject, parameters);
        if (system.Kind is SystemKind.Map)
        {
            if (dt is not null)
                throw new SettingException($"{nameof(dt):setting} has no meaning for {system.Name}: a map goes from step to step");
            return new(system.Name, system.ToMap(), [.. system.Start], null, system);
        }
        double step = dt ?? system.RecordingStep;
        FlowMap flow = new(system.ToFlow(), step, new DormandPrince54(tolerance, tolerance)) { ControlTangents = true };
        return new(system.Name, flow, [.. system.Start], step, system);
    }
}
