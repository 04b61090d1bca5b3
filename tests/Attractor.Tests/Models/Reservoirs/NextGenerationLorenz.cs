using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Tests.Models.Reservoirs;

/// <summary>
/// The Lorenz-63 experiment of Gauthier et al., Nature Communications 12, 5564 (2021): 28 features, 400 samples a trial, one Lyapunov time
/// in closed loop. Trials follow each other along one orbit. Errors are against the variance of all values, whichever variable they are of,
/// up to the end of the trial.
/// </summary>
internal static class NextGenerationLorenz
{
    public const double Dt = 0.025;

    private const int WarmUpRows = 200, TrainingRows = 400, TestRows = 44;

    public static double[] Start { get; } = [17.67715816276679, 12.931379185960404, 43.91404334248268];

    public static int Rows(int trials) => WarmUpRows + (trials * TrainingRows) + TestRows + 1;

    /// <summary>The normalised errors of each trial; a closed loop that left the finite numbers has an infinite one.</summary>
    public static (double[] Train, double[] Test) Run(TimeSeries orbit, int trials, double ridge)
    {
        double[] train = new double[trials], test = new double[trials];
        for (int trial = 0; trial < trials; trial++)
        {
            NonlinearVectorAutoregression model = new(observed: 3, delays: 2, stride: 1, orders: [2]);
            int last = WarmUpRows + ((trial + 1) * TrainingRows) - 1, first = last - TrainingRows - model.WarmUp;
            ReadoutResult result = VectorAutoregressionTraining.Fit(model, orbit.Slice(first, last + 1 - first), new() { Ridge = ridge });
            Assert.Equal(TrainingRows, result.Samples);
            TimeSeries forecast = model.Generate(orbit, TestRows, start: last - model.WarmUp);
            double squares = 0, variance = Variance(orbit.Values[..(3 * Rows(trial + 1))]);
            for (int t = 0; t < TestRows; t++)
                for (int n = 0; n < 3; n++)
                    squares += Math.Pow(forecast[t, n] - orbit[last + t, n], 2);
            train[trial] = Math.Sqrt(result.MeanSquaredError(3) / variance);
            double error = Math.Sqrt(squares / (3 * TestRows) / variance);
            test[trial] = double.IsFinite(error) ? error : double.PositiveInfinity;
        }
        return (train, test);
    }

    public static double Median(double[] values)
    {
        double[] ordered = [.. values.Order()];
        return (ordered[ordered.Length / 2] + ordered[(ordered.Length - 1) / 2]) / 2;
    }

    private static double Variance(ReadOnlySpan<double> values)
    {
        double mean = 0, variance = 0;
        foreach (double x in values)
            mean += x / values.Length;
        foreach (double x in values)
            variance += (x - mean) * (x - mean) / values.Length;
        return variance;
    }
}
