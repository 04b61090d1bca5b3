using Attractor.Data;

namespace Attractor.Models;

/// <content>External inputs: z_t = F(z_{t-1}) + C s_t, s of the arrival time.</content>
public abstract partial class RecurrentModel
{
    /// <summary>K, the external inputs that drive the network; 0 where it goes on by itself.</summary>
    public int Inputs { get; }

    /// <summary>What the inputs are standardised by before C takes them; null for as they are.</summary>
    /// <remarks>Whoever gives the network inputs, in training and after it, gives them in their own units.</remarks>
    /// <exception cref="ArgumentException">Set to units of another number of inputs, or to a scale that is not positive.</exception>
    public Standardization? InputUnits
    {
        get;
        set
        {
            if (value is not null && (value.Mean.Count != Inputs || value.Scale.Count != Inputs))
                throw new ArgumentException(
                    $"Expected the means and scales of {Inputs} inputs, found {value.Mean.Count} and {value.Scale.Count}.", nameof(value));
            value?.Require(Inputs, nameof(value));
            field = value;
        }
    }

    /// <summary>The tensor C (M x K), or null where there are no inputs.</summary>
    internal ParameterTensor? InputWeights { get; }

    /// <inheritdoc/>
    public void AddInput(ReadOnlySpan<double> input, Span<double> state)
    {
        if (input.Length != Inputs || state.Length != Latent)
            throw new ArgumentException(
                $"Expected {Inputs} inputs and a state of {Latent} units, found {input.Length} and {state.Length}.", nameof(input));
        if (InputWeights is not { } weights)
            return;
        ReadOnlySpan<double> c = Parameters.Values.Slice(weights.Offset, weights.Count);
        for (int k = 0; k < input.Length; k++)
        {
            double s = InputUnits is { } units ? (input[k] - units.Mean[k]) / units.Scale[k] : input[k];
            for (int i = 0; i < state.Length; i++)
                state[i] += c[(i * Inputs) + k] * s;
        }
    }

    /// <summary>Inputs as C takes them.</summary>
    internal TimeSeries Standardized(TimeSeries inputs) => InputUnits is { } units ? units.Apply(inputs) : inputs;
}
