using Attractor.Learning;
using Attractor.Numerics;

namespace Attractor.Tests.Learning.Identification;

public sealed class SubsetRegressionTests
{
    // Of a subset, what a column is worth is what is lost without it.
    [Fact]
    public void The_loss_of_a_column_is_what_the_fit_without_it_leaves_more()
    {
        RandomStream random = new(5, "columns");
        double[][] columns = [.. Enumerable.Range(0, 4).Select(j => Column(40, (j + 1) * 10.0))];
        double[] target = [.. Enumerable.Range(0, 40).Select(i => (2 * columns[0][i]) - columns[2][i] + random.NextNormal())];
        double[][] plain = [.. columns.Select(c => (double[])c.Clone())];
        double[] whole = [.. target];
        SubsetRegression regression = new(columns, [target]);
        SubsetFit fit = Assert.IsType<SubsetFit>(regression.Solve([0, 1, 2], 0));
        Assert.Equal(Error(plain, whole, fit), fit.SquaredError, 1e-9);
        for (int i = 0; i < 3; i++)
        {
            SubsetFit without = Assert.IsType<SubsetFit>(regression.Solve([.. ((int[])[0, 1, 2]).Where(j => j != i)], 0));
            Assert.Equal(Error(plain, whole, without), without.SquaredError, 1e-9);
            Assert.Equal(without.SquaredError - fit.SquaredError, fit.Losses[i], 1e-9 * without.SquaredError);
        }

        double[] Column(int rows, double scale) => [.. Enumerable.Range(0, rows).Select(_ => scale * random.NextNormal())];
    }

    private static double Error(double[][] columns, double[] target, SubsetFit fit)
        => Enumerable.Range(0, target.Length).Sum(
            i => Math.Pow(target[i] - fit.Columns.Zip(fit.Coefficients, (j, w) => w * columns[j][i]).Sum(), 2));
}
