using Attractor.Dynamics;
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
    /// <summary>What drives it; null of a map that goes on by itself.</summary>
    public TimeSeries? Inputs { get; init; }

    /// <summary>The map for one orbit from <see cref="Start"/> on.</summary>
    public IObservedMap Begin() => DrivenMap.Along(Map, Inputs);

    /// <summary>Why its exponents are no numbers; null if all of them are.</summary>
    /// <param name="spectrum">What was found.</param>
    /// <param name="interval">Steps between two orthonormalisations.</param>
    public string? WhyNotFinite(LyapunovSpectrum spectrum, int interval = 1)
    {
        if (spectrum.Exponents.Any(double.IsNaN))
            return $"the orbit of {Name} leaves every bound, and has no exponents";
        int finite = spectrum.Exponents.Count(double.IsFinite);
        if (finite == spectrum.Exponents.Length)
            return null;
        string which = $"exponent {Array.FindIndex(spectrum.Exponents, e => !double.IsFinite(e)) + 1} of {Name}", above = finite == 0 ? ""
            : $"; a count of {finite} takes those above it";
        if (interval > 1)
            return $"{which} cannot be told: within an interval of {interval} steps its direction falls into those of the others, up to "
                + "rounding. Orthonormalise after fewer steps" + above;
        // The Jacobian of a flow is never singular.
        return System is { Kind: SystemKind.Flow }
            ? $"{which} cannot be told: within a step its direction falls into those of the others, up to rounding. Take a shorter dt"
                + above
            : $"{which} is minus infinity: its orbit comes to where the derivative takes every displacement in "
                + $"{(finite == 0 ? "space" : "one direction")} to nothing, or to nothing but rounding" + above;
    }

    /// <param name="subject">A run folder, a safetensors file, a name of the catalogue or a file of equations.</param>
    /// <param name="dt">Time of a step, if given.</param>
    /// <param name="parameters">Other values of the parameters of a system.</param>
    /// <param name="tolerance">Of the integrator of a flow.</param>
    public static MapSource Find(string subject, double? dt, IReadOnlyList<string>? parameters = null, double tolerance = 1e-9)
        => Find(subject, dt, parameters, tolerance, null);

    /// <summary>The same of a model that may be driven.</summary>
    /// <param name="subject">A run folder, a safetensors file, a name of the catalogue or a file of equations.</param>
    /// <param name="dt">Time of a step, if given.</param>
    /// <param name="parameters">Other values of the parameters of a system.</param>
    /// <param name="tolerance">Of the integrator of a flow.</param>
    /// <param name="recording">The data whose inputs drive it, and whose first row it sets out from; null where none are driven.</param>
    public static MapSource Find(
        string subject, double? dt, IReadOnlyList<string>? parameters, double tolerance, Func<TrainedModel, TimeSeries>? recording)
    {
        SeriesSource.RequirePositive(dt);
        if (TrainedModel.IsNamedBy(subject))
        {
            if (parameters is { Count: > 0 })
                throw new SettingException($"{SystemSource.Parameter:setting} is for known systems: a trained model has its own");
            TrainedModel model = TrainedModel.Load(subject);
            if (!model.IsDriven)
                return model.Kind.ToMap(model, subject, dt);
            TimeSeries data = recording?.Invoke(model) ?? throw new ArgumentException(
                $"{subject} holds a model that inputs drive: it has no fixed points, cycles or regions of its own, as only a map that goes "
                + "on by itself does; attractor lyapunov, generate, evaluate and report take it");
            double[] start = FreeRun.StateAt(model.Generative, data, 0);
            return new(subject, model.Generative, start, dt ?? model.Dt, null) { Inputs = data.Inputs };
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
