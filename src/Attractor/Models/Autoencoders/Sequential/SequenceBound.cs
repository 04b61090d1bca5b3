using System.Numerics;
using Attractor.Differentiation;

namespace Attractor.Models;

/// <summary>The bound of packed sequences on a tape, step by step, for one draw of the latent variables.</summary>
/// <param name="LogLikelihood">log p(x_t | z_t): rows x 1.</param>
/// <param name="Prior">The moments of p(z_t | z_{t-1}), rows x L each; null for N(0, I).</param>
/// <param name="Posterior">The draw and the moments of q.</param>
/// <param name="Noise">What was drawn with.</param>
internal readonly record struct SequenceBound<T>(
    Variable<T> LogLikelihood, DiagonalPosterior<T>? Prior, SequencePosterior<T> Posterior, Variable<T> Noise)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>KL(q(z_t | ..) || p(z_t | z_{t-1})) in closed form given the draw of z_{t-1}: rows x 1.</summary>
    public Variable<T> Divergence()
    {
        DiagonalPosterior<T> q = Posterior.Moments;
        if (Prior is not { } p)
            return q.DivergenceFromStandardNormal().SumOverColumns();
        Variable<T> distance = (q.Mean - p.Mean).Square() * (-p.LogVariance).Exp();
        return ((p.LogVariance - q.LogVariance + (q.LogVariance - p.LogVariance).Exp() + distance - 1) * 0.5).SumOverColumns();
    }

    /// <summary>
    /// log p(x_t | z_t) + log p(z_t | z_{t-1}) - log q(z_t | ..) at the draw: rows x 1. Their sum over time
    /// is the logarithm of an importance weight.
    /// </summary>
    public Variable<T> LogWeight()
    {
        Variable<T> z = Posterior.Z, ofPosterior = Noise.Square() + Posterior.Moments.LogVariance;
        Variable<T> ofPrior = Prior is { } p ? ((z - p.Mean).Square() * (-p.LogVariance).Exp()) + p.LogVariance : z.Square();
        return LogLikelihood + ((ofPosterior - ofPrior) * 0.5).SumOverColumns();
    }
}
