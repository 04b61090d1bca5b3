namespace Attractor.Probability;

/// <summary>D independent numbers with distributions of one kind, whose samples move with the parameters.</summary>
/// <inheritdoc/>
public class ReparameterizedIndependent<TDistribution> : Independent<TDistribution>, IReparameterizedMultivariate
    where TDistribution : struct, IReparameterized<TDistribution>
{
    /// <inheritdoc/>
    public ReparameterizedIndependent(params ReadOnlySpan<TDistribution> components)
        : base(components)
    {
    }

    /// <inheritdoc/>
    public void Pullback(ReadOnlySpan<double> value, ReadOnlySpan<double> adjoint, Span<double> gradient)
    {
        Require.Length(value, Dimension);
        Require.Length(adjoint, Dimension);
        Require.Length(gradient, ParameterCount);
        Span<double> own = stackalloc double[TDistribution.Parameters.Count];
        for (int i = 0; i < value.Length; i++)
        {
            Components[i].SampleGradient(value[i], own);
            foreach (ref double derivative in own)
                derivative *= adjoint[i];
            Spread(own, i, gradient);
        }
    }
}
