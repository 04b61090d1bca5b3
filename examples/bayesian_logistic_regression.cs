#!/usr/bin/env dotnet
#:property AssemblyName=bayesian-logistic-regression
#:project ../src/Attractor

// Bayesian logistic regression by black-box variational inference: the log joint is written on a tape, the posterior fitted, checked and
// used.
// usage: dotnet run examples/bayesian_logistic_regression.cs

using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Numerics;
using Attractor.Probability;

const int rows = 400, features = 4;
double[] truth = [1.5, -2, 0, 0.7];

// Data whose features are correlated, so that the weights' posterior is too.
RandomStream random = new(seed: 1, "data");
double[] x = new double[rows * features], labels = new double[rows];
for (int i = 0; i < rows; i++)
{
    double shared = random.NextNormal(), logit = 0.3;
    for (int j = 0; j < features; j++)
    {
        x[(i * features) + j] = (0.7 * shared) + (0.7 * random.NextNormal());
        logit += truth[j] * x[(i * features) + j];
    }
    labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-logit)) ? 1 : 0;
}

// weights ~ N(0, scale^2), intercept ~ N(0, 5^2), scale ~ Exponential(1), label ~ Bernoulli(logit). Every row
// of z is one draw of the latent variables.
LogJoint model = new(
    [LatentVariable.Real("weights", features), LatentVariable.Real("intercept"), LatentVariable.Positive("scale")],
    z =>
    {
        Tape<double> tape = z.Tape;
        Variable<double> logits =
            Variable<double>.Product(z["weights"], tape.Constant(new(rows, features), x), transposeB: true) + z["intercept"];
        Variable<double> likelihood = logits.BernoulliLogLikelihood(tape.Constant(new(1, rows), labels)).SumOverColumns();
        Variable<double> prior = LogDensity<Normal>.Of(z["weights"], tape.Constant(0), z["scale"]).SumOverColumns()
            + LogDensity<Normal>.Of(z["intercept"], tape.Constant(0), tape.Constant(5))
            + LogDensity<Exponential>.Of(z["scale"], tape.Constant(1));
        return likelihood + prior;
    });

foreach (GaussianFamily family in (GaussianFamily[])[GaussianFamily.MeanField, GaussianFamily.FullRank])
{
    VariationalFit fit = VariationalInference.Fit(model, new() { Family = family, Seed = 1 });
    Console.WriteLine($"{family.Name}: {fit.Summary}");
    (double[] mean, double[] deviation) = fit.Moments("weights");
    for (int j = 0; j < features; j++)
        Console.WriteLine($"  weight {j}: {mean[j],6:F2} +- {deviation[j]:F2}   (the data were made with {truth[j]})");
}
