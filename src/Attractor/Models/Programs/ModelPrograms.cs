using Attractor.Data;
using Attractor.Systems;

namespace Attractor.Models;

/// <summary>What a model does, in elementary operations and in the units of its data.</summary>
public static class ModelPrograms
{
    /// <summary>
    /// Of a generative map <c>begin</c> (observation to state), <c>step</c> (state to the next), <c>forced_step</c> (the same, where an
    /// observation takes the place of what the map would observe: how data drive it) and <c>observe</c> (state to observation); of a
    /// variational autoencoder <c>encode</c> (x to the mean and log variance of z) and <c>decode</c> (z to the mean of x).
    /// </summary>
    /// <param name="model">A model, as files hold it.</param>
    /// <remarks>
    /// States are those of the model inside, of standardised variables; observations and external inputs are in their own units. No value
    /// may be missing.
    /// </remarks>
    /// <exception cref="ArgumentException">The model does not say what it does, or holds a number that is not finite.</exception>
    public static IReadOnlyList<VectorProgram> Of(ILearntModel model) => model switch
    {
        StandardizedModel { Model: ITracedMap map } standardized => OfMap(map, standardized.Standardization),
        ITracedMap map => OfMap(map, null),
        VariationalAutoencoder autoencoder => OfAutoencoder(autoencoder),
        _ => throw new ArgumentException(
            $"A model of the kind {model?.Kind} is not exported: recurrent networks, reservoirs and variational autoencoders are."),
    };

    private static List<VectorProgram> OfMap(ITracedMap map, Standardization? units)
    {
        int observed = map.Observed, dimension = map.Dimension, inputs = (map as IDrivenMap)?.Inputs ?? 0;
        VectorProgram begin = new("begin", "the state that one observation tells of"),
            step = new("step", "the state one step later"),
            forced = new("forced_step", "the state one step later, where an observation takes the place of what the model would observe"),
            observe = new("observe", "what is observed of a state");
        begin.Output("state", map.TraceInitialState(begin, Observation(begin)));
        step.Output("next", map.TraceStep(step, step.Input("state", dimension), Input(step)));
        VectorValue state = forced.Input("state", dimension);
        forced.Output("next", map.TraceForcedStep(forced, state, Observation(forced), Input(forced)));
        VectorValue seen = map.TraceObservation(observe, observe.Input("state", dimension));
        observe.Output("observation", units is null ? seen : observe.Restore(seen, units));
        return [begin, step, forced, observe];

        VectorValue Observation(VectorProgram program)
        {
            VectorValue observation = program.Input("observation", observed);
            return units is null ? observation : program.Standardize(observation, units);
        }

        VectorValue? Input(VectorProgram program) => inputs > 0 ? program.Input("input", inputs) : null;
    }

    private static List<VectorProgram> OfAutoencoder(VariationalAutoencoder model)
    {
        VectorProgram encode = new("encode", "mean and log variance of the latent variables of an observation"),
            decode = new("decode", "the mean of the observation that latent variables stand for");
        (VectorValue mean, VectorValue logVariance) = model.TraceEncoder(encode, encode.Input("observation", model.Observed));
        encode.Output("mean", mean);
        encode.Output("log_variance", logVariance);
        decode.Output("observation", model.TraceDecoder(decode, decode.Input("latent", model.Latent)));
        return [encode, decode];
    }
}
