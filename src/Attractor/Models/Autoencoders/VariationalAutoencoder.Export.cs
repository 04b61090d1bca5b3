namespace Attractor.Models;

// Encoder and decoder in elementary operations.
public sealed partial class VariationalAutoencoder
{
    /// <summary>q(z | x) of one x in the units of the data: mean and log variance.</summary>
    internal (VectorValue Mean, VectorValue LogVariance) TraceEncoder(VectorProgram program, VectorValue x)
    {
        if (_standardization is { } units)
            x = program.Standardize(x, units);
        VectorValue hidden = _encoder.Trace(program, Parameters, x);
        return (_mean.Trace(program, Parameters, hidden), _logVariance.Trace(program, Parameters, hidden));
    }

    /// <summary>E[x | z] of one z, in the units of the data.</summary>
    internal VectorValue TraceDecoder(VectorProgram program, VectorValue z)
    {
        VectorValue output = _output.Trace(program, Parameters, _decoder.Trace(program, Parameters, z));
        if (_standardization is { } units && Units is null)
        {
            (double Mean, double Scale)[] own = [.. units.Mean.Select(m => Options.Observation.OutputUnits(m) ?? (0, 1))];
            output = program.Restore(output, new([.. own.Select(u => u.Mean)], [.. own.Select(u => u.Scale)]));
        }
        VectorValue mean = Options.Observation.Trace(program, output)
            ?? throw new ArgumentException(
                $"The observation model {Options.Observation.Name} does not say its mean in elementary operations (Trace).");
        return Units is { } whole ? program.Restore(mean, whole) : mean;
    }
}
