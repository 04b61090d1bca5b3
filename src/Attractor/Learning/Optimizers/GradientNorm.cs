using System.Numerics;

namespace Attractor.Learning;

/// <summary>The Euclidean norm of a gradient.</summary>
internal static class GradientNorm
{
    /// <summary>Scales a gradient whose norm is above a limit down to it.</summary>
    /// <param name="gradient">The gradient; one that is not finite stays as it is.</param>
    /// <param name="limit">The limit; 0 for none.</param>
    public static void Clip<T>(Span<T> gradient, double limit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!(limit > 0))
            return;
        double squares = 0;
        foreach (T g in gradient)
            squares += double.CreateTruncating(g * g);
        double norm = Math.Sqrt(squares);
        if (!(norm > limit) || !double.IsFinite(norm))
            return;
        T scale = T.CreateTruncating(limit / norm);
        foreach (ref T g in gradient)
            g *= scale;
    }
}
