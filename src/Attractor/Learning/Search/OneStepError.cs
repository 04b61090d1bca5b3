using Attractor.Models;

namespace Attractor.Learning;

/// <summary>The mean squared error of a network that is driven by data, from the state 0.</summary>
public static class OneStepError
{
    /// <summary>Over the rows from <paramref name="washout"/> on whose targets are not missing.</summary>
    /// <param name="network">A trained network.</param>
    /// <param name="series">Inputs and targets.</param>
    /// <param name="washout">First rows that are left out, in which the state 0 is forgotten.</param>
    /// <returns>Per sample and target; NaN if no row is left.</returns>
    /// <exception cref="ArgumentException">The series do not fit the network.</exception>
    public static double Of(EchoStateNetwork network, TeachingSeries series, int washout = 0)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(series);
        ArgumentOutOfRangeException.ThrowIfNegative(washout);
        TimeSeries predicted = network.Predict(series.Inputs);
        double sum = 0;
        long count = 0;
        for (int t = washout; t < predicted.Length; t++)
            for (int k = 0; k < predicted.Dimension; k++)
            {
                double error = predicted[t, k] - series.Targets[t, k];
                if (double.IsNaN(series.Targets[t, k]))
                    continue;
                sum += error * error;
                count++;
            }
        return count > 0 ? sum / count : double.NaN;
    }
}
