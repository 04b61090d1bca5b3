using System.Globalization;

namespace Attractor.Learning;

/// <summary>Laplace's approximation of the integral of e^(M f(x)).</summary>
/// <param name="M">The factor of the exponent.</param>
/// <param name="LogIntegral">The logarithm of the approximation, all maxima together; NaN if Laplace's
/// method has no value for one of them.</param>
/// <param name="Maxima">The maxima that count, the highest first; those that are lower by 40 nats and more do not.</param>
/// <param name="Caution">Why the value is to be taken with care; null if nothing was noticed.</param>
public sealed record LaplaceIntegral(double M, double LogIntegral, IReadOnlyList<LaplaceMaximum> Maxima, string? Caution)
{
    /// <summary>x0, the highest maximum.</summary>
    public double Maximum => Maxima[0].Location;

    /// <summary>f(x0).</summary>
    public double Value => Maxima[0].Value;

    /// <summary>f''(x0).</summary>
    public double Curvature => Maxima[0].Curvature;

    /// <summary>What the highest maximum looks like.</summary>
    public LaplaceMaximumKind Kind => Maxima[0].Kind;

    /// <summary>What was found, and what to think of it, as sentences.</summary>
    public string Summary
    {
        get
        {
            string maxima = Maxima.Count == 1 ? Name(Maxima[0]) : $"{Maxima.Count} maxima: {string.Join("; ", Maxima.Select(Name))}";
            string value = double.IsNaN(LogIntegral)
                ? "Laplace's method has no value"
                : string.Create(CultureInfo.InvariantCulture, $"Log integral {LogIntegral:G10}");
            return $"{value}. {char.ToUpperInvariant(maxima[0])}{maxima[1..]}.{(Caution is null ? "" : " " + Caution)}";
        }
    }

    private static string Name(LaplaceMaximum m)
    {
        // A 0 added takes the sign from a negative one.
        string where = string.Create(CultureInfo.InvariantCulture, $"x = {m.Location + 0.0:G6}, f = {m.Value + 0.0:G6}");
        return m.Kind switch
        {
            LaplaceMaximumKind.Interior
                => string.Create(CultureInfo.InvariantCulture, $"a maximum inside at {where}, f'' = {m.Curvature:G6}"),
            LaplaceMaximumKind.Boundary
                => string.Create(CultureInfo.InvariantCulture, $"a maximum on the boundary at {where}, f' = {m.Slope:G6}"),
            LaplaceMaximumKind.LevelBoundary
                => string.Create(CultureInfo.InvariantCulture, $"a level maximum on the boundary at {where}, f'' = {m.Curvature:G6}"),
            LaplaceMaximumKind.Flat => $"the maximum at {where} is flat: its curvature does not set its width",
            _ => $"the maximum at {where} is not smooth: it has no second derivative",
        };
    }
}
