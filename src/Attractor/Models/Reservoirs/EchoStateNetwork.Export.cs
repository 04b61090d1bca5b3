namespace Attractor.Models;

// The network in closed loop, in elementary operations.
public sealed partial class EchoStateNetwork : ITracedMap
{
    VectorValue ITracedMap.TraceInitialState(VectorProgram program, VectorValue observation)
    {
        VectorValue resting = program.Constant(new double[Reservoir.Units]);
        return Features.Input ? program.Concatenate(resting, observation) : resting;
    }

    VectorValue ITracedMap.TraceStep(VectorProgram program, VectorValue state, VectorValue? input)
        => Take(program, state, ((ITracedMap)this).TraceObservation(program, state));

    VectorValue ITracedMap.TraceForcedStep(VectorProgram program, VectorValue state, VectorValue observation, VectorValue? input)
        => Take(program, state, observation);

    VectorValue ITracedMap.TraceObservation(VectorProgram program, VectorValue state)
    {
        int units = Reservoir.Units, seen = Dimension;
        VectorValue features = Features.Squares ? Squared(program, state) : state;
        double[] weights = new double[Outputs * seen], constants = [.. _constants];
        for (int output = 0; output < Outputs; output++)
        {
            ReadOnlySpan<double> row = _weights.AsSpan(output * FeatureCount, FeatureCount);
            row[..seen].CopyTo(weights.AsSpan(output * seen));
            if (Features.Constant)
                constants[output] += row[seen];
        }
        return program.Affine(weights, constants, features);

        // Every other unit times itself, all else times 1.
        VectorValue Squared(VectorProgram squares, VectorValue all)
        {
            double[] own = [.. Enumerable.Range(0, seen).Select(i => i < units && i % 2 == 0 ? 1.0 : 0)];
            double[] one = [.. own.Select(factor => 1 - factor)];
            VectorValue factors = squares.Add(squares.Multiply(all, squares.Constant(own)), squares.Constant(one));
            return squares.Multiply(all, factors);
        }
    }

    private VectorValue Take(VectorProgram program, VectorValue state, VectorValue observation)
    {
        int m = Reservoir.UnitsPerLayer;
        VectorValue received = observation;
        if (Inputs > 0 && Reservoir.Feedback > 0)
            received = program.Concatenate(observation, observation);
        List<VectorValue> parts = [];
        for (int layer = 0; layer < Reservoir.LayerCount; layer++)
        {
            received = Reservoir.Layers[layer].Trace(program, program.Slice(state, layer * m, m), received);
            parts.Add(received);
        }
        if (Features.Input)
            parts.Add(observation);
        return parts.Count == 1 ? parts[0] : program.Concatenate([.. parts]);
    }
}
