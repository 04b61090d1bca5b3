using Attractor.Numerics;

namespace Attractor.Models;

// The hidden layer as features: one unit, one feature.
public partial class ShallowPlrnn : IRandomFeatureNetwork
{
    /// <inheritdoc/>
    int IRandomFeatureNetwork.Features => Hidden;

    /// <inheritdoc/>
    void IRandomFeatureNetwork.DrawFeatures(ReadOnlySpan<double> states, ReadOnlySpan<double> scale, RandomStream random)
    {
        int m = Latent, rows = states.Length / m;
        double[] values = Parameters.Values.ToArray();
        for (int j = 0; j < Hidden; j++)
        {
            Span<double> weights = values.AsSpan(Layout.W2 + (j * m), m);
            double norm = 0, threshold = 0;
            foreach (ref double weight in weights)
            {
                weight = random.NextNormal();
                norm += weight * weight;
            }
            ReadOnlySpan<double> through = states.Slice((int)random.NextInt64(rows) * m, m);
            for (int k = 0; k < m; k++)
            {
                weights[k] /= Math.Sqrt(norm) * scale[k];
                threshold -= weights[k] * through[k];
            }
            values[Layout.H2 + j] = threshold;
        }
        Parameters.Set(values);
    }

    /// <inheritdoc/>
    void IRandomFeatureNetwork.FeaturesOf(ReadOnlySpan<double> state, Span<double> features)
    {
        ReadOnlySpan<double> values = Parameters.Values;
        ReadOnlySpan<double> w2 = values.Slice(Layout.W2, Hidden * Latent), h2 = values.Slice(Layout.H2, Hidden);
        for (int j = 0; j < Hidden; j++)
        {
            double sum = 0;
            for (int k = 0; k < Latent; k++)
                sum += w2[(j * Latent) + k] * state[k];
            features[j] = Math.Max(0, sum + h2[j]) - (HasSecondBoundary ? Math.Max(0, sum) : 0);
        }
    }

    /// <inheritdoc/>
    void IRandomFeatureNetwork.SetReadout(ReadOnlySpan<double> decay, ReadOnlySpan<double> weights, ReadOnlySpan<double> constants)
    {
        double[] values = Parameters.Values.ToArray();
        decay.CopyTo(values.AsSpan(ShallowPlrnnLayout.A, Latent));
        weights.CopyTo(values.AsSpan(Layout.W1, Latent * Hidden));
        constants.CopyTo(values.AsSpan(Layout.H1, Latent));
        Parameters.Set(values);
    }
}
