using Attractor.Probability;

namespace Attractor.Learning;

/// <summary>N(m, diag(e^w)^2) by (m, w).</summary>
internal sealed class MeanFieldGaussian : GaussianFamily
{
    public override string Name => "mean-field Gaussian";

    internal override int ParameterCount(int dimension) => 2 * dimension;

    internal override double[] Initial(ReadOnlySpan<double> mean, double scale)
        => [.. mean, .. Enumerable.Repeat(Math.Log(scale), mean.Length)];

    internal override IReparameterizedMultivariate Member(int dimension, ReadOnlySpan<double> parameters)
        => new DiagonalGaussian(parameters[..dimension], Array.ConvertAll(parameters[dimension..].ToArray(), Math.Exp));

    internal override void ToFamily(int dimension, ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        for (int i = dimension; i < gradient.Length; i++)
            gradient[i] *= Math.Exp(parameters[i]);
    }
}
