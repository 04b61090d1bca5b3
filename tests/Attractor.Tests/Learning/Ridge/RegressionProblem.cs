using Attractor.Learning;
using Attractor.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Tests.Learning.Ridge;

/// <summary>Samples of features (n x F) and targets (n x K) in memory, to be fitted by textbook formulas.</summary>
internal sealed record RegressionProblem(Matrix<double> Features, Matrix<double> Targets)
{
    public int Samples => Features.RowCount;

    /// <summary>Normal features with means of their own, targets that are linear in them up to noise.</summary>
    public static RegressionProblem Random(int features, int targets, int samples, ulong seed, double offset = 0)
    {
        RandomStream random = new(seed, "regression");
        Matrix<double> Normal(int rows, int columns) => Matrix<double>.Build.Dense(rows, columns, (_, _) => random.NextNormal());
        Matrix<double> x = Normal(samples, features), mean = offset * Normal(1, features);
        x = x.MapIndexed((_, j, value) => value + mean[0, j]);
        return new(x, (x * Normal(features, targets)) + (0.3 * Normal(samples, targets)) + offset);
    }

    public RegressionProblem Rows(int first, int count)
        => new(Features.SubMatrix(first, count, 0, Features.ColumnCount), Targets.SubMatrix(first, count, 0, Targets.ColumnCount));

    public RegressionProblem Centred()
        => new(Features - Means(Features), Targets - Means(Targets));

    public RidgeStatistics Statistics(bool intercept = false, Func<int, double>? weight = null)
    {
        RidgeStatistics statistics = new(Features.ColumnCount, Targets.ColumnCount, intercept);
        for (int i = 0; i < Samples; i++)
            statistics.Add(Features.Row(i).AsArray(), Targets.Row(i).AsArray(), weight?.Invoke(i) ?? 1);
        return statistics;
    }

    /// <summary>[X; sqrt(lambda) I] and [Y; 0], whose plain least squares are the ridge regression.</summary>
    public (Matrix<double> Features, Matrix<double> Targets) Augmented(double ridge)
    {
        int f = Features.ColumnCount;
        return (
            Features.Stack(Math.Sqrt(ridge) * Matrix<double>.Build.DenseIdentity(f)),
            Targets.Stack(Matrix<double>.Build.Dense(f, Targets.ColumnCount)));
    }

    /// <summary>K x F weights as the library lays them out.</summary>
    public static double[] RowMajor(Matrix<double> weights) => weights.ToColumnMajorArray();

    public static void AssertClose(double[] expected, double[] actual, double relative)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], relative * scale);
    }

    private static Matrix<double> Means(Matrix<double> values)
    {
        Vector<double> means = values.ColumnSums() / values.RowCount;
        return Matrix<double>.Build.Dense(values.RowCount, values.ColumnCount, (_, j) => means[j]);
    }
}
