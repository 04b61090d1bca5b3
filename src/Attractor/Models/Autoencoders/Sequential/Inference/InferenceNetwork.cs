using System.Numerics;
using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>The posterior of the latent variables in time.</summary>
internal abstract class InferenceNetwork
{
    /// <summary>One draw of all latent variables, and the moments that each was drawn with.</summary>
    /// <param name="parameters">The model's.</param>
    /// <param name="input">The data.</param>
    /// <param name="noise">Standard normal, rows x L.</param>
    public abstract SequencePosterior<T> Infer<T>(TapeParameters<T> parameters, SequenceInput<T> input, Variable<T> noise)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    public abstract void Initialize(Span<double> values, RandomStream random);
}
