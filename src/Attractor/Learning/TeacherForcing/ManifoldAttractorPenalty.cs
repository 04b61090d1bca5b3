using System.Numerics;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>
/// Manifold-attractor regularisation: the sum of (A_ii - 1)^2 + sum_j W_ij^2 + h_i^2 over the last latent units (Schmidt, Koppe,
/// Monfared, Beutelspacher, Durstewitz, "Identifying nonlinear dynamical systems with multiple time scales and long-range dependencies",
/// ICLR 2021).
/// </summary>
/// <remarks>
/// A unit whose penalty is 0 keeps its value for ever, a direction in which the network neither shrinks nor grows; one near it is slow.
/// What of the parameters is drawn is <see cref="RecurrentKind.UnitRows"/>: A, W and h of the networks that rectify their state, A, W1 and
/// h1 of shallow ones. Hidden layers, slopes and thresholds, inputs, first states and observations are left alone.
/// </remarks>
internal sealed class ManifoldAttractorPenalty
{
    private readonly (int Offset, int Count, double AtRest)[] _rows;

    /// <param name="model">Whose parameters they are.</param>
    /// <param name="share">rho: the last floor(rho M) of the units are drawn.</param>
    /// <exception cref="ArgumentException">The kind has no rows of units, or the share is of no unit.</exception>
    public ManifoldAttractorPenalty(RecurrentModel model, double share)
    {
        IReadOnlyList<string> tensors = model.Definition.UnitRows;
        if (tensors.Count == 0)
            throw new ArgumentException(
                $"Manifold-attractor regularisation draws A to 1 and what is added to it to 0, which a {model.Kind} has not: "
                + "set its weight to 0.");
        int drawn = UnitsOf(model.Latent, share);
        _rows =
        [
            .. tensors.Select(name => model.Parameters.Find(name)
                ?? throw new ArgumentException($"A {model.Kind} names '{name}' as rows of its units and has no such tensor."))
                .Select(tensor =>
                {
                    int width = Math.Max(1, tensor.Columns), first = model.Latent - drawn;
                    return (tensor.Offset + (first * width), drawn * width, double.IsNaN(tensor.RestingValue) ? 0 : tensor.RestingValue);
                }),
        ];
    }

    /// <summary>floor(rho M).</summary>
    /// <exception cref="ArgumentException">That is none, or rho is not within 0 to 1.</exception>
    public static int UnitsOf(int latent, double share)
    {
        if (!(share is > 0 and <= 1))
            throw new ArgumentException(
                $"The share of the units that are drawn to a manifold attractor must be above 0 and at most 1, not {share}.");
        // A share such as 0.3 of ten units is three, though its float64 is a little less.
        int units = (int)((share * latent) + 1e-9);
        return units > 0
            ? units
            : throw new ArgumentException(
                $"A share of {share} of {latent} latent units is none of them: take more units, or a share of at least 1 / {latent}.");
    }

    /// <summary>The sum of squares.</summary>
    /// <param name="parameters">The flat parameter buffer.</param>
    public double Value(ReadOnlySpan<double> parameters)
    {
        double sum = 0;
        foreach ((int offset, int count, double rest) in _rows)
            foreach (double value in parameters.Slice(offset, count))
                sum += (value - rest) * (value - rest);
        return sum;
    }

    /// <summary>Adds the gradient of weight times <see cref="Value"/>.</summary>
    /// <param name="parameters">The flat parameter buffer.</param>
    /// <param name="gradient">As long.</param>
    /// <param name="weight">lambda.</param>
    public void AddGradient<T>(ReadOnlySpan<T> parameters, Span<T> gradient, double weight)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T factor = T.CreateTruncating(2 * weight);
        foreach ((int offset, int count, double atRest) in _rows)
        {
            T rest = T.CreateTruncating(atRest);
            for (int i = offset; i < offset + count; i++)
                gradient[i] += factor * (parameters[i] - rest);
        }
    }
}
