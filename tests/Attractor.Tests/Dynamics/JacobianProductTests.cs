using Attractor.Dynamics;
using Attractor.Systems;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Tests.Dynamics;

public sealed class JacobianProductTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void The_norms_are_the_largest_singular_values_of_the_products()
    {
        FlowMap map = Lorenz63.Default.ToMap();
        JacobianProductNorms result = JacobianProduct.Norms(map, [1, 2, 20], 300, Token);
        Assert.Null(result.Overflow);
        double[] state = [1, 2, 20], jacobian = new double[9];
        Matrix<double> product = Matrix<double>.Build.DenseIdentity(3);
        for (int t = 0; t < 300; t++)
        {
            map.Jacobian(state, jacobian);
            map.Step(state, state);
            product = Matrix<double>.Build.DenseOfRowMajor(3, 3, jacobian) * product;
            double norm = product.L2Norm();
            Assert.Equal(norm, result.Norms[t], 1e-9 * norm);
        }
    }

    [Fact]
    public void On_a_chaotic_orbit_it_overflows_where_the_exponent_says()
    {
        JacobianProductNorms result = JacobianProduct.Norms(new Henon(), [0.1, 0.1], 10_000, Token);
        // ln of the largest number, 709.8, over 0.4192.
        Assert.InRange(result.Overflow!.Value, 1640, 1750);
        Assert.Equal(result.Overflow.Value - 1, result.Norms.Length);
        Assert.Equal(0.4192, result.Exponent, 0.03);
    }

    [Fact]
    public void A_map_that_contracts_underflows_and_does_not_overflow()
    {
        // Every step halves: 2^-1022 is the smallest number of full precision.
        JacobianProductNorms result = JacobianProduct.Norms(new Shrinking(), [1, 1], 5000, Token);
        Assert.Null(result.Overflow);
        Assert.Equal(1023, result.Underflow);
        Assert.Equal(1022, result.Norms.Length);
        Assert.Equal(Math.Log(0.5), result.Exponent, 1e-12);
        Assert.All(result.Norms, norm => Assert.True(double.IsFinite(norm) && norm > 0));
    }

    [Fact]
    public void Bad_sizes_are_refused()
    {
        Assert.Contains(
            "Expected a state of 2", Assert.Throws<ArgumentException>(() => JacobianProduct.Norms(new Henon(), [0], 10, Token)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => JacobianProduct.Norms(new Henon(), [0, 0], 0, Token));
    }

    /// <summary>z / 2 and z / 4.</summary>
    private sealed class Shrinking : IMap
    {
        public int Dimension => 2;

        public void Step(ReadOnlySpan<double> state, Span<double> next) => (next[0], next[1]) = (state[0] / 2, state[1] / 4);

        public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian)
        {
            jacobian.Clear();
            (jacobian[0], jacobian[3]) = (0.5, 0.25);
        }
    }
}
