namespace Attractor.Models;

/// <summary>
/// phi of a network z' = A z + W phi(z) + h on one state in float64: unit by unit piecewise linear, of the state or of what it is above its
/// mean.
/// </summary>
/// <remarks>It keeps no parameters: they are given, in the order of the model's.</remarks>
internal abstract class StateUnits
{
    /// <summary>Whether phi takes z less the mean of its units.</summary>
    public virtual bool IsCentred => false;

    /// <summary>G, the boundaries of the regions in which phi is affine.</summary>
    public abstract int Boundaries { get; }

    /// <summary>r = phi(x).</summary>
    /// <param name="parameters">Of the model.</param>
    /// <param name="x">M values, centred where phi wants it.</param>
    /// <param name="r">M values are written; may be <paramref name="x"/>.</param>
    public abstract void Values(ReadOnlySpan<double> parameters, ReadOnlySpan<double> x, Span<double> r);

    /// <summary>dphi/dx, M values; may be written over <paramref name="x"/>.</summary>
    public abstract void Slopes(ReadOnlySpan<double> parameters, ReadOnlySpan<double> x, Span<double> slopes);

    /// <summary>The boundary functions at a state that has not been centred.</summary>
    public abstract void BoundaryValues(ReadOnlySpan<double> parameters, ReadOnlySpan<double> state, Span<double> values);

    /// <summary>phi(x) = slopes x + constants on a region.</summary>
    public abstract void Affine(ReadOnlySpan<double> parameters, ReadOnlySpan<ulong> region, Span<double> slopes, Span<double> constants);

    /// <summary>phi(x) in elementary operations.</summary>
    public abstract VectorValue Trace(ReadOnlySpan<double> parameters, VectorProgram program, VectorValue x);

    /// <summary>A bound on |dphi/dx| of a unit.</summary>
    public virtual double LargestSlope(ReadOnlySpan<double> parameters) => 1;

    /// <summary>0 or 1.</summary>
    protected static double Bit(ReadOnlySpan<ulong> region, int bit) => (region[bit >> 6] >> (bit & 63)) & 1;
}
