#!/usr/bin/env dotnet
#:property AssemblyName=gradient-estimators
#:project ../src/Attractor

// Six estimators of one gradient: all have the same mean, and their variances differ by orders of magnitude.
// usage: dotnet run examples/gradient_estimators.cs

using Attractor.Learning;
using Attractor.Probability;

// q = N(mean, sd^2) against the posterior N(0, 1) of a model whose evidence is e^-2.
TargetFunction logJoint = TargetFunction.OnTape(1, (_, z) => (z.Square() * -0.5) - (0.5 * Math.Log(2 * Math.PI)) - 2);
GradientEstimator[] estimators =
[
    GradientEstimator.ScoreFunction, GradientEstimator.ScoreFunctionLeaveOneOut, GradientEstimator.ScoreFunctionOptimalBaseline,
    GradientEstimator.TotalDerivative, GradientEstimator.StickingTheLanding, GradientEstimator.OptimalScoreControlVariate,
];

foreach ((double mean, double sd) in ((double, double)[])[(1, 1.5), (0.1, 1.05), (0, 1), (0.1, 0.5)])
{
    DiagonalGaussian q = new([mean], [sd]);
    Console.WriteLine($"q = N({mean}, {sd}^2): the gradient of the bound is ({-mean:F3}, {(1 / sd) - sd:F3})");
    foreach (GradientEstimator estimator in estimators)
    {
        // Ten samples an estimate; the variance is that of one estimate.
        EstimatorStatistics found = EstimatorStatistics.Measure(
            estimator, q, logJoint, Objective.EvidenceLowerBound, estimates: 50_000, samples: 10, seed: 1);
        Console.WriteLine(
            $"  {estimator.Name,-40} mean ({found.Mean[0],7:F3}, {found.Mean[1],7:F3})   variance ({found.Variance[0]:0.0e+00}, "
            + $"{found.Variance[1]:0.0e+00})");
    }
}
