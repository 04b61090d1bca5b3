using System.Numerics;
using Attractor.Differentiation;

namespace Attractor.Models;

/// <summary>Latent variables with the Gaussian that each was drawn from.</summary>
/// <param name="Z">rows x L.</param>
/// <param name="Moments">rows x L each.</param>
internal readonly record struct SequencePosterior<T>(Variable<T> Z, DiagonalPosterior<T> Moments)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
