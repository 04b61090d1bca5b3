using Attractor.Probability;

namespace Attractor.Learning;

/// <summary>N(m, L L') by m and the lower triangle of L, row by row, its diagonal by logarithms.</summary>
internal sealed class FullRankGaussian : GaussianFamily
{
    public override string Name => "full-rank Gaussian";

    internal override int ParameterCount(int dimension) => dimension + (dimension * (dimension + 1) / 2);

    internal override double[] Initial(ReadOnlySpan<double> mean, double scale)
    {
        double[] parameters = new double[ParameterCount(mean.Length)];
        mean.CopyTo(parameters);
        for (int i = 0; i < mean.Length; i++)
            parameters[Diagonal(mean.Length, i)] = Math.Log(scale);
        return parameters;
    }

    internal override IReparameterizedMultivariate Member(int dimension, ReadOnlySpan<double> parameters)
    {
        double[] factor = new double[dimension * dimension];
        int next = dimension;
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j < i; j++)
                factor[(i * dimension) + j] = parameters[next++];
            factor[(i * dimension) + i] = Math.Exp(parameters[next++]);
        }
        return new Gaussian(parameters[..dimension], factor);
    }

    internal override void ToFamily(int dimension, ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        for (int i = 0; i < dimension; i++)
            gradient[Diagonal(dimension, i)] *= Math.Exp(parameters[Diagonal(dimension, i)]);
    }

    // Where the diagonal of row i is: behind the means, the rows above and what stands left of it.
    private static int Diagonal(int dimension, int row) => dimension + (row * (row + 1) / 2) + row;
}
