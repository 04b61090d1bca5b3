namespace Attractor.Models;

/// <content>The map in elementary operations.</content>
public abstract partial class RecurrentModel : ITracedMap
{
    VectorValue ITracedMap.TraceInitialState(VectorProgram program, VectorValue observation)
    {
        VectorValue read = TraceSignal(program, observation);
        return InitialStateMap is { } map ? program.Concatenate(read, program.Affine(Parameters[map.Name], [], read)) : read;
    }

    VectorValue ITracedMap.TraceStep(VectorProgram program, VectorValue state, VectorValue? input)
    {
        VectorValue next = Trace(program, state)
            ?? throw new ArgumentException($"A network of the kind {Kind} does not say its step in elementary operations (Trace).");
        if (input is not { } s || InputWeights is not { } weights)
            return next;
        if (InputUnits is { } units)
            s = program.Standardize(s, units);
        return program.Add(next, program.Affine(Parameters[weights.Name], [], s));
    }

    VectorValue ITracedMap.TraceForcedStep(VectorProgram program, VectorValue state, VectorValue observation, VectorValue? input)
    {
        VectorValue read = TraceSignal(program, observation);
        VectorValue forced = read.Length == state.Length
            ? read
            : program.Concatenate(read, program.Slice(state, read.Length, state.Length - read.Length));
        return ((ITracedMap)this).TraceStep(program, forced, input);
    }

    VectorValue ITracedMap.TraceObservation(VectorProgram program, VectorValue state)
    {
        VectorValue read = program.Slice(state, 0, Read);
        if (Readout is not null)
            throw NotExported();
        return ObservationWeights is { } weights ? program.Affine(Parameters[weights.Name], [], read) : read;
    }

    // What an observation tells of the units that are read: itself, or B+ x, or what the encoder makes of it alone.
    private VectorValue TraceSignal(VectorProgram program, VectorValue observation) => Readout is not null ? throw NotExported()
        : IsAffine ? program.Affine(Inverse(), [], observation) : observation;

    private ArgumentException NotExported()
        => new($"Networks with {string.Join(" and ", Modalities.Select(m => m.Model.Name).Distinct())} observations begin with states that "
            + "an encoder tells of many rows: they are not exported.");
}
