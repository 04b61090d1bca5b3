namespace Attractor.Fuzz;

/// <summary>The random numbers of a case.</summary>
internal static class CaseRandom
{
    /// <summary>The same for the same number and seed, wherever the case is made.</summary>
    /// <remarks>The platform's generator gives neighbouring seeds neighbouring numbers: the bits are mixed (SplitMix64) first.</remarks>
    public static Random Of(long number, int seed)
    {
        ulong z = unchecked(((ulong)number + ((ulong)(uint)seed << 40)) * 0x9E3779B97F4A7C15);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return new((int)((z ^ (z >> 31)) & int.MaxValue));
    }
}
