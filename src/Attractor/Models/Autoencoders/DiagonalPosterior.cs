using System.Numerics;
using Attractor.Differentiation;

namespace Attractor.Models;

/// <summary>q(z | x) = N(mean, diag exp(log variance)) for every row of a batch, on a tape: n x L each.</summary>
internal readonly record struct DiagonalPosterior<T>(Variable<T> Mean, Variable<T> LogVariance)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>z = mean + sigma eps with sigma = exp(log variance / 2).</summary>
    public Variable<T> Reparameterize(Variable<T> noise) => Mean + ((LogVariance * 0.5).Exp() * noise);

    /// <summary>KL(q || N(0, I)) of every latent variable: (mean^2 + sigma^2 - 1 - log sigma^2) / 2, n x L.</summary>
    public Variable<T> DivergenceFromStandardNormal() => (Mean.Square() + LogVariance.Exp() - LogVariance - 1) * 0.5;
}
