using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>Expectations under q(Lambda) = Wishart(W, v) in D dimensions.</summary>
internal sealed class WishartExpectations
{
    /// <param name="inverseScale">W^-1, D x D, which is taken over.</param>
    /// <param name="degreesOfFreedom">v.</param>
    /// <param name="dimension">D.</param>
    /// <exception cref="ArithmeticException">W^-1 is not positive definite.</exception>
    public WishartExpectations(double[] inverseScale, double degreesOfFreedom, int dimension)
    {
        (Factor, DegreesOfFreedom) = (inverseScale, degreesOfFreedom);
        if (!Cholesky.TryFactor(Factor, dimension))
            throw new ArithmeticException(
                "The posterior covariance of a component is singular to rounding: a column is a combination of others, or varies a billion "
                + "times less than they do.");
        Mean = new double[dimension * dimension];
        double[] column = new double[dimension];
        MeanLogDeterminant = dimension * Math.Log(2);
        for (int d = 0; d < dimension; d++)
        {
            LogDeterminantOfInverseScale += 2 * Math.Log(Factor[(d * dimension) + d]);
            MeanLogDeterminant += Digamma.Of(0.5 * (degreesOfFreedom - d));
            Array.Clear(column);
            column[d] = degreesOfFreedom;
            Cholesky.Solve(Factor, column);
            for (int e = 0; e < dimension; e++)
                Mean[(e * dimension) + d] = column[e];
        }
        MeanLogDeterminant -= LogDeterminantOfInverseScale;
    }

    /// <summary>L of W^-1 = L L', in the lower triangle.</summary>
    public double[] Factor { get; }

    /// <summary>v.</summary>
    public double DegreesOfFreedom { get; }

    /// <summary>E[Lambda] = v W, D x D.</summary>
    public double[] Mean { get; }

    /// <summary>E[log |Lambda|].</summary>
    public double MeanLogDeterminant { get; }

    /// <summary>log |W^-1|.</summary>
    public double LogDeterminantOfInverseScale { get; }
}
