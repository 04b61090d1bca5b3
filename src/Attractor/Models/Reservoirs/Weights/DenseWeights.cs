using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>All M x M weights.</summary>
internal sealed class DenseWeights : RecurrentWeights
{
    // In values: half a megabyte, and 32 megabytes.
    private const int FitsSecondCache = 1 << 16, BeyondThirdCache = 1 << 22;

    private readonly Lazy<VectorProduct> _vector;
    private readonly Lazy<PackedMatrix<double>> _panel;

    public DenseWeights(double[] values, int units)
        : base(units)
    {
        Values = values;
        _vector = new(() => new(Values, Units, Units));
        _panel = new(() => PackedMatrix<double>.ForThisProcessor(Values, Units, Units));
    }

    /// <summary>M x M, row-major.</summary>
    public override double[] Values { get; }

    public override double this[int i, int j] => Values[(i * Units) + j];

    public override void Multiply(ReadOnlySpan<double> x, Span<double> y) => _vector.Value.Multiply(x, y);

    public override RecurrentWeights? Paired() => PairedProduct.Pays(Units, Units) ? new PairedWeights(this, _vector.Value) : null;

    public override unsafe void MultiplyPanel<S>(double* x, double* y) => PanelProduct<S, double>.Multiply(_panel.Value, x, y);

    // Two cores that stream the same lines take them from each other's second cache, which is slower than the third one by half.
    public override RecurrentWeights ForThread()
        => (long)Units * Units is > FitsSecondCache and < BeyondThirdCache ? new DenseWeights(Values, Units) : this;
}
