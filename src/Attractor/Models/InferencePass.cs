using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>A tape with the parameters of a model in float32, for passes without a gradient.</summary>
internal sealed unsafe class InferencePass : IDisposable
{
    private readonly AlignedBuffer<float> _values;

    /// <param name="parameters">Read once.</param>
    /// <param name="threads">Threads of large products; null for all processors.</param>
    public InferencePass(ParameterBuffer parameters, int? threads = null)
    {
        _values = new(Math.Max(1, parameters.Count));
        ReadOnlySpan<double> values = parameters.Values;
        for (int i = 0; i < values.Length; i++)
            _values.Pointer[i] = (float)values[i];
        Tape = new(threads);
        Parameters = new(Tape, parameters.Tensors);
    }

    public Tape<float> Tape { get; }

    public TapeParameters<float> Parameters { get; }

    /// <summary>An empty tape with the parameters on it.</summary>
    public void Begin()
    {
        Tape.Reset();
        Parameters.Put(_values.Pointer, null);
    }

    public void Dispose()
    {
        Tape.Dispose();
        _values.Dispose();
    }
}
