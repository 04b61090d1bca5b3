using System.Numerics;
using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>p(z_t | z_{t-1}), a Gaussian with a diagonal covariance.</summary>
internal abstract class Transition
{
    /// <summary>Its moments for every row of z (n x L); the log variance may be one row for all.</summary>
    public abstract DiagonalPosterior<T> Next<T>(TapeParameters<T> parameters, Variable<T> z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    public abstract void Initialize(Span<double> values, RandomStream random);

    /// <summary>Its mean as a map by itself; null where it is none of the recurrent networks'.</summary>
    public abstract RecurrentModel? ToRecurrentModel(ReadOnlySpan<double> values);

    public static Transition? Create(ParameterLayout layout, SequentialAutoencoderOptions options) => options.Transition switch
    {
        TransitionKind.StandardNormal => null,
        TransitionKind.Linear => new LinearTransition(layout, options.Latent),
        TransitionKind.Gated => new GatedTransition(layout, options.Latent, options.TransitionHidden),
        TransitionKind.Plrnn => new RecurrentTransition(layout, "plrnn", options),
        TransitionKind.ShallowPlrnn => new RecurrentTransition(layout, "shplrnn", options),
        TransitionKind.ClippedShallowPlrnn => new RecurrentTransition(layout, "clipped-shplrnn", options),
        _ => throw new ArgumentException($"There is no transition {options.Transition}.", nameof(options)),
    };
}
