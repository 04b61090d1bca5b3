#!/usr/bin/env dotnet
#:property AssemblyName=laplace-method
#:property PublishAot=false
#:project ../src/Attractor

// Laplace's method: an integral, then the evidence of three models, then what it says where it fails.
// usage: dotnet run examples/laplace.cs

using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Numerics;
using Attractor.Probability;

// The normalising constant of a von Mises distribution, 2 pi I0(20), from the top of its cosine.
LaplaceIntegral circle = LaplaceMethod.Integrate(Math.Cos, m: 20, lower: -Math.PI, upper: Math.PI);
Console.WriteLine($"{circle.Summary} Exactly {Math.Log(2 * Math.PI * 43558282.55955353):F6}.");
Console.WriteLine(LaplaceMethod.Integrate(x => -Math.Pow(x, 4), m: 20).Summary);

// Thirty counts whose logarithm bends: which degree of the polynomial has the most evidence?
const int rows = 30;
RandomStream random = new(seed: 1, "counts");
double[] x = [.. Enumerable.Range(0, rows).Select(i => (2.0 * i / (rows - 1)) - 1)];
double[] counts = [.. x.Select(t => (double)Poisson(random, Math.Exp(1.2 + (0.8 * t) - (1.5 * t * t))))];

Console.WriteLine("\nlog evidence of Poisson regressions, counts ~ Poisson(e^polynomial), coefficients ~ N(0, 2^2)");
for (int degree = 0; degree <= 4; degree++)
{
    LaplaceFit fit = LaplaceApproximation.Fit(Regression(degree));
    Console.WriteLine(
        $"  degree {degree}: {fit.LogEvidence,8:F3}, by importance sampling {fit.ImportanceLogEvidence,8:F3} +- "
        + $"{fit.ImportanceStandardError:F3}, Pareto k-hat {fit.ParetoShape:F2}");
}

LaplaceFit quadratic = LaplaceApproximation.Fit(Regression(2));
(double[] mean, double[] deviation) = quadratic.Moments("weights");
double[] mode = quadratic.Mode("weights"), truth = [1.2, 0.8, -1.5];
for (int k = 0; k <= 2; k++)
    Console.WriteLine(
        $"  coefficient of x^{k}: mode {mode[k],6:F2}, posterior {mean[k],6:F2} +- {deviation[k]:F2}   (the counts "
        + $"were made with {truth[k]})");

// Where it fails it says so.
Console.WriteLine();
Console.WriteLine(LaplaceApproximation.Fit(
    new LogJoint([LatentVariable.Real("a"), LatentVariable.Real("b")], z => (z["a"] + z["b"] - 1).Square() * -0.5)).Summary);
Console.WriteLine(LaplaceApproximation.Fit(new LogJoint([LatentVariable.Positive("deviation")], z => z["deviation"].Log() * -3)).Summary);

LogJoint Regression(int degree)
{
    double[] powers = [.. Enumerable.Range(0, degree + 1).SelectMany(k => x.Select(t => Math.Pow(t, k)))];
    double constant = counts.Sum(LogFactorial);
    return new([LatentVariable.Real("weights", degree + 1)], z =>
    {
        Tape<double> tape = z.Tape;
        Variable<double> logRates = Variable<double>.Product(z["weights"], tape.Constant(new(degree + 1, rows), powers));
        Variable<double> likelihood = ((logRates * tape.Constant(new(1, rows), counts)) - logRates.Exp()).SumOverColumns() - constant;
        return likelihood + LogDensity<Normal>.Of(z["weights"], tape.Constant(0), tape.Constant(2)).SumOverColumns();
    });
}

static double LogFactorial(double n) => Enumerable.Range(1, (int)n).Sum(k => Math.Log(k));

// Knuth's product of uniform numbers, for small rates.
static int Poisson(RandomStream random, double rate)
{
    int count = 0;
    for (double product = random.NextDouble(); product > Math.Exp(-rate); product *= random.NextDouble())
        count++;
    return count;
}
