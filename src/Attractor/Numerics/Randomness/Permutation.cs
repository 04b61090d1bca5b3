namespace Attractor.Numerics;

/// <summary>Random orders.</summary>
internal static class Permutation
{
    /// <summary>0 .. <paramref name="count"/> - 1 in a random order (Fisher and Yates, as by Durstenfeld 1964).</summary>
    public static int[] Draw(int count, RandomStream random)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int j = (int)random.NextInt64(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }
}
