using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Models.Mixtures.Posteriors;

/// <summary>Generalised Gauss-Laguerre quadrature: E[f(x)] of x ~ Gamma(shape, rate) as a weighted sum, exact for polynomials of degree 2 n - 1.</summary>
/// <remarks>Nodes and weights from the eigenvectors of the Jacobi matrix (Golub and Welsch, Mathematics of Computation 23, 1969).</remarks>
internal static class GammaQuadrature
{
    public static (double[] Nodes, double[] Weights) Of(double shape, double rate, int nodes)
    {
        Matrix<double> jacobi = Matrix<double>.Build.Dense(nodes, nodes);
        for (int i = 0; i < nodes; i++)
        {
            jacobi[i, i] = (2 * i) + shape;
            if (i > 0)
                jacobi[i, i - 1] = jacobi[i - 1, i] = Math.Sqrt(i * (i + shape - 1));
        }
        MathNet.Numerics.LinearAlgebra.Factorization.Evd<double> evd = jacobi.Evd(Symmetricity.Symmetric);
        double[] x = new double[nodes], weights = new double[nodes];
        for (int i = 0; i < nodes; i++)
            (x[i], weights[i]) = (evd.EigenValues[i].Real / rate, evd.EigenVectors[0, i] * evd.EigenVectors[0, i]);
        return (x, weights);
    }
}
