using Attractor.Systems;

namespace Attractor.Models;

/// <summary>A map that can be written out in elementary operations, for programs that do not have this library.</summary>
public interface ITracedMap : IObservedMap
{
    /// <summary>The state that an observation alone tells of (<see cref="IObservedMap.InitialState"/>).</summary>
    VectorValue TraceInitialState(VectorProgram program, VectorValue observation);

    /// <summary>The state one step later.</summary>
    /// <param name="program">Where the operations go.</param>
    /// <param name="state">The state.</param>
    /// <param name="input">The external inputs of the time of arrival, in their own units; null where there are none.</param>
    VectorValue TraceStep(VectorProgram program, VectorValue state, VectorValue? input);

    /// <summary>The same, where data have taken the place of what the map would observe (<see cref="IObservedMap.ForcedStep"/>).</summary>
    VectorValue TraceForcedStep(VectorProgram program, VectorValue state, VectorValue observation, VectorValue? input);

    /// <summary>What is observed of a state.</summary>
    VectorValue TraceObservation(VectorProgram program, VectorValue state);
}
