namespace Attractor.Numerics;

/// <summary>How a dimension is cut into tiles.</summary>
internal static class Tiling
{
    /// <summary>
    /// The size of the next of tiles of nearly equal size, none above <paramref name="most"/>: rather than full ones and a sliver.
    /// </summary>
    public static int Balanced(int left, int most)
    {
        int tiles = (left + most - 1) / most;
        return (left + tiles - 1) / tiles;
    }
}
