using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>Dense weights whose product with a single state is shared by two threads.</summary>
internal sealed class PairedWeights(DenseWeights weights, VectorProduct product) : RecurrentWeights(weights.Units), IDisposable
{
    private readonly PairedProduct _product = new(product);

    public override double this[int i, int j] => weights[i, j];

    public override double[] Values => weights.Values;

    public override void Multiply(ReadOnlySpan<double> x, Span<double> y) => _product.Multiply(x, y);

    public override unsafe void MultiplyPanel<S>(double* x, double* y) => weights.MultiplyPanel<S>(x, y);

    public void Dispose() => _product.Dispose();
}
