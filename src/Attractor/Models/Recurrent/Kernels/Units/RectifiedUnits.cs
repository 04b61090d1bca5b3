using System.Numerics.Tensors;
namespace Attractor.Models;

/// <summary>relu, but for the first units, which stay as they are.</summary>
/// <param name="units">M.</param>
/// <param name="linear">M - P, how many stay as they are.</param>
/// <param name="centred">Whether it takes z less the mean of its units.</param>
internal sealed class RectifiedUnits(int units, int linear, bool centred) : StateUnits
{
    public override bool IsCentred => centred;

    public override int Boundaries => units - linear;

    public override void Values(ReadOnlySpan<double> parameters, ReadOnlySpan<double> x, Span<double> r)
    {
        x[..linear].CopyTo(r);
        for (int i = linear; i < x.Length; i++)
            r[i] = Math.Max(0, x[i]);
    }

    public override void Slopes(ReadOnlySpan<double> parameters, ReadOnlySpan<double> x, Span<double> slopes)
    {
        slopes[..linear].Fill(1);
        for (int i = linear; i < x.Length; i++)
            slopes[i] = x[i] > 0 ? 1 : 0;
    }

    public override void BoundaryValues(ReadOnlySpan<double> parameters, ReadOnlySpan<double> state, Span<double> values)
    {
        if (centred)
            TensorPrimitives.Subtract(state, TensorPrimitives.Sum(state) / units, values);
        else
            state[linear..].CopyTo(values);
    }

    public override void Affine(ReadOnlySpan<double> parameters, ReadOnlySpan<ulong> region, Span<double> slopes, Span<double> constants)
    {
        slopes[..linear].Fill(1);
        for (int i = linear; i < units; i++)
            slopes[i] = Bit(region, i - linear);
        constants.Clear();
    }

    public override VectorValue Trace(ReadOnlySpan<double> parameters, VectorProgram program, VectorValue x)
    {
        if (linear == 0)
            return program.Apply(VectorFunction.Rectify, x);
        VectorValue last = program.Slice(x, linear, units - linear);
        return program.Concatenate(program.Slice(x, 0, linear), program.Apply(VectorFunction.Rectify, last));
    }
}
