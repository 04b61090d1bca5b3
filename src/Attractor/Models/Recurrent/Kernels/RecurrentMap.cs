using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// One trajectory of a recurrent model in float64: the weights in the layout that a single state wants, for one version of the parameters.
/// </summary>
internal abstract class RecurrentMap(int version)
{
    /// <summary>Values of a block of lanes.</summary>
    protected const int Lanes = 8;

    /// <summary>What <see cref="ParameterBuffer.Version"/> was.</summary>
    public int Version { get; } = version;

    public abstract void Step(ReadOnlySpan<double> state, Span<double> next);

    public abstract void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian);

    public abstract void StepTangent(ReadOnlySpan<double> state, Span<double> next, ReadOnlySpan<double> vectors, Span<double> result);

    /// <summary>A row-major matrix packed for the widest registers that this processor has.</summary>
    /// <remarks>Nobody disposes of it: a map that the parameters have left behind may still be stepping on another thread.</remarks>
    protected static PackedMatrix<double> Packed(ReadOnlySpan<double> values, int rows, int columns)
        => PackedMatrix<double>.ForThisProcessor(values, rows, columns);
}
