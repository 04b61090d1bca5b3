using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>N(A z + b, diag exp(log variance)).</summary>
internal sealed class LinearTransition(ParameterLayout layout, int latent) : Transition
{
    private readonly ParameterTensor _matrix = layout.Matrix("transition.A", latent, latent),
        _offset = layout.Vector("transition.b", latent);
    private readonly ParameterTensor _logVariance = layout.Vector("transition.log_variance", latent);

    public override DiagonalPosterior<T> Next<T>(TapeParameters<T> parameters, Variable<T> z)
        => new(z.Affine(parameters[_matrix], parameters[_offset]), parameters[_logVariance]);

    // Nearly the identity: a state that is kept, and slowly forgotten.
    public override void Initialize(Span<double> values, RandomStream random)
    {
        for (int i = 0; i < latent; i++)
            for (int j = 0; j < latent; j++)
                values[_matrix.Offset + (i * latent) + j] = (i == j ? 0.9 : 0) + (0.1 / Math.Sqrt(latent) * random.NextNormal());
    }

    // relu(z) - relu(-z) = z: with a linear map as the difference of two rectified ones, A W1 W2 is exact.
    // The diagonal of the map is the network's A.
    public override RecurrentModel ToRecurrentModel(ReadOnlySpan<double> values)
    {
        ShallowPlrnn model = new(latent, latent, 2 * latent);
        double[] diagonal = new double[latent], w1 = new double[2 * latent * latent], w2 = new double[2 * latent * latent];
        for (int i = 0; i < latent; i++)
        {
            diagonal[i] = values[_matrix.Offset + (i * latent) + i];
            (w2[(i * latent) + i], w2[((latent + i) * latent) + i]) = (1, -1);
            for (int j = 0; j < latent; j++)
            {
                double weight = i == j ? 0 : values[_matrix.Offset + (i * latent) + j];
                (w1[(2 * i * latent) + j], w1[(((2 * i) + 1) * latent) + j]) = (weight, -weight);
            }
        }
        model.Parameters.Set("A", diagonal);
        model.Parameters.Set("W1", w1);
        model.Parameters.Set("W2", w2);
        model.Parameters.Set("h1", values.Slice(_offset.Offset, latent));
        model.Parameters.Set("h2", new double[2 * latent]);
        return model;
    }
}
