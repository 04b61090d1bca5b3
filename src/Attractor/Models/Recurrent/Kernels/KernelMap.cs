using System.Collections.Concurrent;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// The map of a cell that has nothing but a kernel: one trajectory in all lanes, its Jacobian by the adjoint
/// of as many rows at once as there are lanes.
/// </summary>
internal sealed unsafe class KernelMap(RecurrentModel model) : RecurrentMap(model.Parameters.Version)
{
    private readonly double[] _parameters = model.Parameters.Values.ToArray();
    private readonly ConcurrentBag<Workspace> _idle = [];

    public override void Step(ReadOnlySpan<double> state, Span<double> next)
    {
        Check(state.Length, next.Length, model.Latent);
        Workspace workspace = Take();
        workspace.Step(state);
        for (int i = 0; i < next.Length; i++)
            next[i] = workspace.Next.Pointer[i * Lanes];
        _idle.Add(workspace);
    }

    public override void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian)
    {
        int m = model.Latent;
        Check(state.Length, jacobian.Length, m * m);
        Workspace workspace = Take();
        workspace.Step(state);
        for (int first = 0; first < m; first += Lanes)
        {
            int rows = Math.Min(Lanes, m - first);
            double* image = workspace.Gradient(first, rows);
            for (int row = 0; row < rows; row++)
                for (int column = 0; column < m; column++)
                    jacobian[((first + row) * m) + column] = image[(column * Lanes) + row];
        }
        _idle.Add(workspace);
    }

    public override void StepTangent(ReadOnlySpan<double> state, Span<double> next, ReadOnlySpan<double> vectors, Span<double> result)
    {
        int m = model.Latent, k = vectors.Length / m;
        double[] jacobian = new double[m * m];
        Jacobian(state, jacobian);
        result.Clear();
        for (int i = 0; i < m; i++)
            for (int j = 0; j < m; j++)
                VectorOperations.AddScaled(result.Slice(i * k, k), jacobian[(i * m) + j], vectors.Slice(j * k, k));
        // The last, because next may be the state.
        Step(state, next);
    }

    private void Check(int state, int result, int expected)
    {
        if (state != model.Latent || result != expected)
            throw new ArgumentException(
                $"Expected a state of {model.Latent} units and room for {expected} values, found {state} and {result}.");
    }

    private Workspace Take() => _idle.TryTake(out Workspace? workspace) ? workspace : new(model, _parameters);

    // What one thread steps with. Nobody disposes of it: its memory goes with it.
    private sealed class Workspace
    {
        private readonly RecurrentKernel<double> _kernel;
        private readonly AlignedBuffer<double> _state, _tape, _adjoint, _gradientNext, _gradient;

        public Workspace(RecurrentModel model, double[] parameters)
        {
            _kernel = KernelPool<double>.Create(model);
            long state = (long)_kernel.StateRows * Lanes;
            (_state, Next, _gradientNext, _gradient) = (new(state), new(state), new(state), new(state));
            (_tape, _adjoint) = (new((long)_kernel.TapeRows * Lanes), new((long)_kernel.AdjointRows * Lanes));
            fixed (double* p = parameters)
                _kernel.Load(p);
        }

        public AlignedBuffer<double> Next { get; }

        public void Step(ReadOnlySpan<double> state)
        {
            for (int i = 0; i < state.Length; i++)
                _state.Span.Slice(i * Lanes, Lanes).Fill(state[i]);
            _kernel.Forward(_state.Pointer, _tape.Pointer, Next.Pointer);
        }

        /// <summary>Of the step that was last made, some rows of the Jacobian, one in each lane.</summary>
        public double* Gradient(int first, int rows)
        {
            _gradientNext.Clear();
            for (int row = 0; row < rows; row++)
                _gradientNext.Pointer[((first + row) * Lanes) + row] = 1;
            _kernel.Backward(_state.Pointer, _tape.Pointer, _gradientNext.Pointer, _adjoint.Pointer, _gradient.Pointer);
            return _gradient.Pointer;
        }
    }
}
