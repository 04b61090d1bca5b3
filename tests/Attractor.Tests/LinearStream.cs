namespace Attractor.Tests;

/// <summary>
/// x -> 1103515245 x + 12345 mod 2^31 as numbers in [-1, 1): exact in every language, as the scripts beside the golden files have it.
/// </summary>
internal sealed class LinearStream(long seed)
{
    private long _x = seed;

    public double[] Take(int count, double scale = 1)
    {
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            _x = ((1103515245 * _x) + 12345) % (1L << 31);
            values[i] = scale * ((_x / (double)(1 << 30)) - 1);
        }
        return values;
    }
}
