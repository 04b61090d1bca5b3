using Attractor.Cli.Output;
using Attractor.Cli.Sequences;
using Attractor.Models;
using Attractor.Systems;

namespace Attractor.Cli.Runs;

/// <summary>What a command line asks about the dynamics of: a trained model, a system of the catalogue, or one of a file of equations.</summary>
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
        CommonOptions.RequirePositive(dt);
        if (ModelSource.IsNamedBy(subject))
        {
            if (parameters is { Count: > 0 })
                throw new ArgumentException("--parameter is for known systems: a trained model has its own");
            ModelSource source = ModelSource.Load(subject);
            if (SequentialSource.Of(source) is { } sequential)
                return OfTransition(subject, sequential, dt);
            return new(subject, source.Model, StartOf(source), dt ?? source.Dt, null);
        }
        SystemDefinition system = SystemSource.Find(subject, parameters);
        if (system.Kind is SystemKind.Map)
        {
            if (dt is not null)
                throw new ArgumentException($"--dt has no meaning for {system.Name}: a map goes from step to step");
            return new(system.Name, system.ToMap(), [.. system.Start], null, system);
        }
        double step = dt ?? system.RecordingStep;
        FlowMap flow = new(system.ToFlow(), step, new DormandPrince54(tolerance, tolerance)) { ControlTangents = true };
        return new(system.Name, flow, [.. system.Start], step, system);
    }

    // The learnt dynamics of the latent variables, from where the data leave them; of a bare file, which has none, from where a network without them starts.
    private static MapSource OfTransition(string subject, SequentialSource source, double? dt)
    {
        try
        {
            RecurrentModel transition = source.Model.ToRecurrentModel();
            double[] start = source.Settings is null ? Lyapunov.StartingState(transition) : source.StateAfter(source.Read(null)[0]);
            return new(subject, transition, start, dt ?? source.Source.Dt, null);
        }
        catch (InvalidOperationException e)
        {
            throw new ArgumentException($"{subject} has no dynamics to look at: {e.Message}");
        }
    }

    // What a reservoir makes of no history is far from its attractor; the data it was trained on lead there.
    private static double[] StartOf(ModelSource source)
    {
        if (source.Model.WarmUp == 0)
            return Lyapunov.StartingState(source.Model);
        TimeSeries data = source.StartingData();
        return FreeRun.StateAt(source.Model, data, source.WarmUp(data));
    }
}
