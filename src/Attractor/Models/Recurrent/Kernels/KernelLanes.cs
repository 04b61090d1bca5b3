using System.Collections.Concurrent;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// The kernel of a cell at one version of its parameters, for whoever steps with it, each thread with a workspace of its own.
/// </summary>
internal sealed unsafe class KernelLanes(RecurrentModel model)
{
    private readonly double[] _parameters = model.Parameters.Values.ToArray();
    private readonly ConcurrentBag<Workspace> _idle = [];

    /// <summary>What <see cref="ParameterBuffer.Version"/> was.</summary>
    public int Version { get; } = model.Parameters.Version;

    /// <summary>Several states a step on, a block of lanes at a time.</summary>
    /// <param name="states">k x M.</param>
    /// <param name="next">k x M; may be the states.</param>
    public void Step(ReadOnlySpan<double> states, Span<double> next)
    {
        int m = model.Latent, count = states.Length / m, lanes = RecurrentKernel<double>.Lanes;
        if (states.Length != count * m || next.Length != states.Length)
            throw new ArgumentException(
                $"Expected states of {m} units and room for as many, found {states.Length} values and room for {next.Length}.");
        Workspace workspace = Take();
        fixed (double* from = states, to = next)
            for (int first = 0; first < count; first += lanes)
            {
                int filled = Math.Min(lanes, count - first);
                RowPanel<double>.Load(from + ((nint)first * m), filled, m, workspace.State.Pointer);
                workspace.Forward();
                RowPanel<double>.Store(workspace.Next.Pointer, to + ((nint)first * m), filled, m);
            }
        GiveBack(workspace);
    }

    /// <summary>A workspace that nobody else has; to be given back.</summary>
    public Workspace Take() => _idle.TryTake(out Workspace? workspace) ? workspace : new(model, _parameters);

    public void GiveBack(Workspace workspace) => _idle.Add(workspace);

    /// <summary>What one thread steps with. Nobody disposes of it: its memory goes with it.</summary>
    public sealed class Workspace
    {
        private readonly RecurrentKernel<double> _kernel;
        private readonly AlignedBuffer<double> _tape, _adjoint;

        public Workspace(RecurrentModel model, double[] parameters)
        {
            _kernel = KernelPool<double>.Create(model);
            long lanes = RecurrentKernel<double>.Lanes, state = _kernel.StateRows * lanes;
            (State, Next, GradientNext, Gradient) = (new(state), new(state), new(state), new(state));
            (_tape, _adjoint) = (new(_kernel.TapeRows * lanes), new(_kernel.AdjointRows * lanes));
            fixed (double* p = parameters)
                _kernel.Load(p);
        }

        public AlignedBuffer<double> State { get; }

        public AlignedBuffer<double> Next { get; }

        public AlignedBuffer<double> GradientNext { get; }

        public AlignedBuffer<double> Gradient { get; }

        public void Forward() => _kernel.Forward(State.Pointer, _tape.Pointer, Next.Pointer);

        /// <summary>Of the step that was last made.</summary>
        public void Backward()
            => _kernel.Backward(State.Pointer, _tape.Pointer, GradientNext.Pointer, _adjoint.Pointer, Gradient.Pointer);
    }
}
