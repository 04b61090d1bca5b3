using System.Numerics.Tensors;
namespace Attractor.Models;

/// <summary>sum_b alpha_b relu(x - H_b), clipped: sum_b alpha_b (relu(x - H_b) - relu(x)).</summary>
/// <param name="layout">Where alpha and H lie.</param>
/// <param name="clipped">Whether each basis is clipped.</param>
internal sealed class DendriticUnits(PlrnnLayout layout, bool clipped) : StateUnits
{
    private readonly int _units = layout.Latent, _bases = layout.Bases;

    public override int Boundaries => _units * (_bases + (clipped ? 1 : 0));

    public override void Values(ReadOnlySpan<double> parameters, ReadOnlySpan<double> x, Span<double> r)
    {
        ReadOnlySpan<double> alpha = Alpha(parameters), thresholds = Thresholds(parameters);
        for (int i = 0; i < _units; i++)
        {
            double sum = 0;
            for (int b = 0; b < _bases; b++)
            {
                double threshold = thresholds[(i * _bases) + b];
                sum += alpha[b] * (clipped ? Clipped(x[i], -threshold) : Math.Max(0, x[i] - threshold));
            }
            r[i] = sum;
        }
        r[_units..].Clear();
    }

    public override void Slopes(ReadOnlySpan<double> parameters, ReadOnlySpan<double> x, Span<double> slopes)
    {
        ReadOnlySpan<double> alpha = Alpha(parameters), thresholds = Thresholds(parameters);
        for (int i = 0; i < _units; i++)
        {
            double sum = 0, above = clipped && x[i] > 0 ? 1 : 0;
            for (int b = 0; b < _bases; b++)
                sum += alpha[b] * ((x[i] > thresholds[(i * _bases) + b] ? 1 : 0) - above);
            slopes[i] = sum;
        }
        slopes[_units..].Clear();
    }

    public override void BoundaryValues(ReadOnlySpan<double> parameters, ReadOnlySpan<double> state, Span<double> values)
    {
        ReadOnlySpan<double> thresholds = Thresholds(parameters);
        for (int i = 0; i < _units; i++)
            for (int b = 0; b < _bases; b++)
                values[(i * _bases) + b] = state[i] - thresholds[(i * _bases) + b];
        if (clipped)
            state.CopyTo(values[(_units * _bases)..]);
    }

    public override void Affine(ReadOnlySpan<double> parameters, ReadOnlySpan<ulong> region, Span<double> slopes, Span<double> constants)
    {
        ReadOnlySpan<double> alpha = Alpha(parameters), thresholds = Thresholds(parameters);
        for (int i = 0; i < _units; i++)
        {
            double slope = 0, constant = 0, above = clipped ? Bit(region, (_units * _bases) + i) : 0;
            for (int b = 0; b < _bases; b++)
            {
                double beyond = Bit(region, (i * _bases) + b);
                slope += alpha[b] * (beyond - above);
                constant -= alpha[b] * beyond * thresholds[(i * _bases) + b];
            }
            (slopes[i], constants[i]) = (slope, constant);
        }
    }

    public override double LargestSlope(ReadOnlySpan<double> parameters) => TensorPrimitives.SumOfMagnitudes(Alpha(parameters));

    // All bases of all units side by side, each less its threshold, then weighted and added unit by unit.
    public override VectorValue Trace(ReadOnlySpan<double> parameters, VectorProgram program, VectorValue x)
    {
        ReadOnlySpan<double> alpha = Alpha(parameters);
        double[] sums = new double[_units * _units * _bases];
        for (int i = 0; i < _units; i++)
            alpha.CopyTo(sums.AsSpan((i * _units * _bases) + (i * _bases)));
        VectorValue spread = program.Gather(x, [.. Enumerable.Range(0, _units * _bases).Select(i => i / _bases)]);
        VectorValue beyond = program.Subtract(spread, program.Constant(Thresholds(parameters)));
        VectorValue values = program.Apply(VectorFunction.Rectify, beyond);
        if (clipped)
            values = program.Subtract(values, program.Apply(VectorFunction.Rectify, spread));
        return program.Affine(sums, [], values);
    }

    // relu(v + h) - relu(v) without the cancellation for large v, as the kernel has it.
    private static double Clipped(double v, double h)
    {
        double size = Math.Min(Math.Max(0, v + Math.Max(h, 0)), Math.Abs(h));
        return h < 0 ? -size : size;
    }

    private ReadOnlySpan<double> Alpha(ReadOnlySpan<double> parameters) => parameters.Slice(layout.Slopes, _bases);

    private ReadOnlySpan<double> Thresholds(ReadOnlySpan<double> parameters) => parameters.Slice(layout.Thresholds, _units * _bases);
}
