namespace Attractor.Models;

// The autoregression in elementary operations.
public sealed partial class NonlinearVectorAutoregression : ITracedMap
{
    VectorValue ITracedMap.TraceInitialState(VectorProgram program, VectorValue observation)
        => program.Gather(observation, [.. Enumerable.Range(0, Dimension).Select(i => i % Observed)]);

    VectorValue ITracedMap.TraceStep(VectorProgram program, VectorValue state, VectorValue? input)
    {
        VectorValue delayed = program.Gather(state, [.. Enumerable.Range(0, _monomials.Variables).Select(Place)]);
        List<VectorValue> features = [];
        foreach (IGrouping<int, int[]> order in _monomials.Factors().GroupBy(factors => factors.Length))
        {
            VectorValue product = Factor(0);
            for (int factor = 1; factor < order.Key; factor++)
                product = program.Multiply(product, Factor(factor));
            features.Add(product);

            VectorValue Factor(int which) => program.Gather(delayed, [.. order.Select(factors => factors[which])]);
        }
        double[] weights = new double[Observed * _monomials.Count], constants = new double[Observed];
        for (int n = 0; n < Observed; n++)
        {
            Weights(n)[Offset..].CopyTo(weights.AsSpan(n * _monomials.Count));
            constants[n] = HasConstant ? Weights(n)[0] : 0;
        }
        VectorValue newest = program.Add(
            program.Slice(state, 0, Observed), program.Affine(weights, constants, program.Concatenate([.. features])));
        return Dimension == Observed ? newest : program.Concatenate(newest, program.Slice(state, 0, Dimension - Observed));
    }

    VectorValue ITracedMap.TraceForcedStep(VectorProgram program, VectorValue state, VectorValue observation, VectorValue? input)
        => ((ITracedMap)this).TraceStep(
            program,
            Dimension == Observed ? observation : program.Concatenate(observation, program.Slice(state, Observed, Dimension - Observed)),
            input);

    VectorValue ITracedMap.TraceObservation(VectorProgram program, VectorValue state) => program.Slice(state, 0, Observed);
}
