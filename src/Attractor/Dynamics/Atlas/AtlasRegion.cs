using System.Text;

namespace Attractor.Dynamics;

/// <summary>A region of a piecewise-linear map that an orbit visited.</summary>
/// <param name="Symbol">Its place among the regions by falling occupancy, from 0.</param>
/// <param name="Region">The boundaries with g_i(z) > 0: bit i % 64 of word i / 64.</param>
/// <param name="Boundaries">G, how many of the bits count.</param>
/// <param name="Visits">Steps at which the orbit was in it.</param>
/// <param name="Occupancy">Visits divided by all steps.</param>
/// <param name="Centre">The mean of the states in it: D values.</param>
/// <param name="FixedPoint">That of its affine map; null where there is no isolated one, or it was not sought.</param>
public sealed record AtlasRegion(
    int Symbol,
    IReadOnlyList<ulong> Region,
    int Boundaries,
    int Visits,
    double Occupancy,
    IReadOnlyList<double> Centre,
    RegionFixedPoint? FixedPoint)
{
    /// <summary>A 1 for each boundary with g_i(z) > 0, a 0 for the others, in their order.</summary>
    public string Pattern
    {
        get
        {
            StringBuilder pattern = new(Boundaries);
            for (int i = 0; i < Boundaries; i++)
                pattern.Append((Region[i >> 6] >> (i & 63) & 1) == 1 ? '1' : '0');
            return pattern.ToString();
        }
    }
}
