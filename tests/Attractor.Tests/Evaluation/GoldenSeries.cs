namespace Attractor.Tests.Evaluation;

/// <summary>The input series of metrics_golden.py, to the bit.</summary>
internal static class GoldenSeries
{
    public static TimeSeries Make(ulong seed, int length, int dimension, double decay, double shift)
    {
        ulong state = seed;
        double[] values = new double[length * dimension], x = new double[dimension];
        for (int t = 0; t < length; t++)
        {
            for (int n = 0; n < dimension; n++)
            {
                state = (state * 6364136223846793005) + 1442695040888963407;
                double noise = ((state >> 11) * (1.0 / (1UL << 53))) - 0.5;
                x[n] = (decay * x[n]) + ((0.25 * x[(n + 1) % dimension]) + noise);
            }
            for (int n = 0; n < dimension; n++)
                values[(t * dimension) + n] = x[n] + shift;
        }
        return new(values, dimension);
    }
}
