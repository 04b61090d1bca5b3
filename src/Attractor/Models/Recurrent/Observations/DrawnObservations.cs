using Attractor.Systems;

namespace Attractor.Models;

/// <summary>A network with an observation model of which draws are seen, not means.</summary>
/// <remarks>
/// The stream of a draw is that of the seed and the bits of the state, so that orbits are the same whoever runs them, in whatever order
/// and on whatever thread. A fixed point gives one draw for ever, which is no harm where it is held against data.
/// </remarks>
internal sealed class DrawnObservations(RecurrentModel model, ulong seed) : IGenerativeModel, IDrivenMap, IEncodedMap
{
    public RecurrentModel Model => model;

    public string Kind => model.Kind;

    public int ParameterCount => model.ParameterCount;

    public string Description => model.Description;

    public int Dimension => model.Dimension;

    public int Observed => model.Observed;

    public double StepCost => ((IMap)model).StepCost;

    public int Inputs => model.Inputs;

    public bool IsEncoded => true;

    public int EncodedRow(int row) => ((IEncodedMap)model).EncodedRow(row);

    public void EncodedState(TimeSeries history, int row, Span<double> state) => ((IEncodedMap)model).EncodedState(history, row, state);

    public void InitialState(ReadOnlySpan<double> observation, Span<double> state) => model.InitialState(observation, state);

    public void Observe(ReadOnlySpan<double> state, Span<double> observation)
    {
        ulong bits = 0;
        foreach (double unit in state)
            bits = ((bits << 5) | (bits >> 59)) ^ (BitConverter.DoubleToUInt64Bits(unit) * 0x9E3779B97F4A7C15);
        model.Readout!.Sample(state[..model.Read], observation[..Observed], new(seed, "observations", bits));
    }

    public void ForcedStep(ReadOnlySpan<double> state, ReadOnlySpan<double> observation, Span<double> next)
        => model.ForcedStep(state, observation, next);

    public void Step(ReadOnlySpan<double> state, Span<double> next) => model.Step(state, next);

    public void StepEach(ReadOnlySpan<double> states, Span<double> next) => model.StepEach(states, next);

    public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian) => model.Jacobian(state, jacobian);

    public void StepTangent(ReadOnlySpan<double> state, Span<double> next, ReadOnlySpan<double> vectors, Span<double> result)
        => model.StepTangent(state, next, vectors, result);

    public void AddInput(ReadOnlySpan<double> input, Span<double> state) => model.AddInput(input, state);

    public TimeSeries Generate(TimeSeries from, int steps, int start = 0, int? warmUp = null)
        => FreeRun.AfterWarmUp(this, from, steps, start, warmUp);
}
