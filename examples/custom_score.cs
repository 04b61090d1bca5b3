#!/usr/bin/env dotnet
#:property AssemblyName=custom-score
#:project ../src/Attractor

// A score of one's own beside the library's: how far the autocorrelation functions of the model and the data are apart. Its floor comes of
// itself, as it compares two orbits.
// usage: dotnet run examples/custom_score.cs [updates]

using Attractor;
using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Systems;

int updates = args.Length > 0 ? int.Parse(args[0]) : 10_000;
TimeSeries data = Lorenz63.Default.Simulate(steps: 20_000, dt: 0.01, seed: 1).Standardize(), test = data.Slice(10_000, 10_000);
ShallowPlrnn net = new(observed: 3, latent: 3, hidden: 50, seed: 1);
Training.Fit(net, data.Slice(0, 10_000), new() { Forcing = TeacherForcing.Generalized(alpha: 0.1), Updates = updates });

EvaluationOptions options = new()
{
    Scores = [.. Reconstruction.DefaultScores, new AutocorrelationDistance(lags: 200)],
    LyapunovSteps = 20_000
};
ModelEvaluation evaluation = Reconstruction.Evaluate(net, test, options);
foreach (ScoreEntry score in evaluation.Scores)
    Console.WriteLine($"{score.Name,-28}{score.Value,12:G4}{(score.Floor is { } floor ? $"{floor:G4}" : ""),12}   {score.Explanation}");

/// <summary>
/// The root mean squared difference of the autocorrelations of each variable at lags 1 .. L: 0 of the
/// same function, about 1 of unrelated ones.
/// </summary>
sealed class AutocorrelationDistance(int lags) : OrbitScore
{
    public override string Key => "autocorrelation_distance";

    public override string Name => "Autocorrelation distance";

    public override string Symbol => "D_A";

    public override string Explanation => $"Root mean squared difference of the autocorrelations at lags of 1 to {lags} steps.";

    public override double Between(TimeSeries truth, TimeSeries generated, EvaluationOptions options)
    {
        double sum = 0;
        for (int d = 0; d < truth.Dimension; d++)
        {
            double[] x = truth.Column(d), y = generated.Column(d);
            for (int lag = 1; lag <= lags; lag++)
                sum += Math.Pow(Autocorrelation(x, lag) - Autocorrelation(y, lag), 2);
        }
        return Math.Sqrt(sum / (truth.Dimension * lags));
    }

    private static double Autocorrelation(double[] x, int lag)
    {
        double mean = x.Average(), variance = 0, covariance = 0;
        for (int t = 0; t < x.Length; t++)
        {
            variance += (x[t] - mean) * (x[t] - mean);
            covariance += t < lag ? 0 : (x[t] - mean) * (x[t - lag] - mean);
        }
        return covariance / variance;
    }
}
