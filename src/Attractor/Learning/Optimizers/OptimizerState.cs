using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>
/// Parameters, their gradient, and an optimiser that moves them: what descends along the gradients of a program on a tape.
/// </summary>
/// <remarks>Not thread-safe. It holds memory outside the garbage-collected heap: dispose of it.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed unsafe class OptimizerState<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly OptimizedParameters<T> _parameters;
    private readonly AlignedBuffer<T> _gradient;

    /// <summary>Sets out from some parameters.</summary>
    /// <param name="optimizer">The rule of the steps.</param>
    /// <param name="parameters">Where to begin.</param>
    public OptimizerState(Optimizer optimizer, params ReadOnlySpan<double> parameters)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        _parameters = OptimizedParameters<T>.Create(optimizer, parameters, null);
        _gradient = new(_parameters.Padded);
    }

    /// <summary>Goes on from a state to the bits of never having stopped.</summary>
    /// <param name="optimizer">The rule of the steps, the one before.</param>
    /// <param name="resume">What <see cref="Export"/> gave.</param>
    /// <exception cref="ArgumentException">The state is that of another optimiser.</exception>
    public OptimizerState(Optimizer optimizer, TrainingState resume)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(resume);
        _parameters = OptimizedParameters<T>.Create(optimizer, resume.Parameters, resume);
        _gradient = new(_parameters.Padded);
    }

    /// <summary>Steps taken.</summary>
    public long Update => _parameters.Update;

    /// <summary>The parameters as they are; they may be set.</summary>
    public Span<T> Parameters => new(_parameters.Pointer, _parameters.Count);

    /// <summary>The gradient that the next step goes down, as long as <see cref="Parameters"/>: the caller writes it.</summary>
    public Span<T> Gradient => new(_gradient.Pointer, _parameters.Count);

    /// <summary>One step down the gradient.</summary>
    /// <param name="rate">The learning rate.</param>
    public void Step(double rate)
    {
        _parameters.Update++;
        _parameters.Step(_gradient.Pointer, 0, _parameters.Padded, rate);
    }

    /// <summary>All that is needed to go on: the parameters, the moments, and the number of steps.</summary>
    public TrainingState Export()
    {
        _parameters.Keep();
        return _parameters.Export(0);
    }

    /// <summary>Keeps the present state as the one to go back to.</summary>
    internal void Keep() => _parameters.Keep();

    /// <summary>Goes back to the state last kept.</summary>
    internal void Restore() => _parameters.Restore();

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        _parameters.Dispose();
        _gradient.Dispose();
    }
}
