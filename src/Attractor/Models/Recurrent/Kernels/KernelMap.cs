using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// The map of a cell that has nothing but a kernel: one trajectory in all lanes, its Jacobian by the adjoint
/// of as many rows at once as there are lanes.
/// </summary>
internal sealed unsafe class KernelMap(RecurrentModel model) : RecurrentMap(model.Parameters.Version)
{
    private readonly KernelLanes _kernels = new(model);

    public override void Step(ReadOnlySpan<double> state, Span<double> next)
    {
        Check(state.Length, next.Length, model.Latent);
        KernelLanes.Workspace workspace = _kernels.Take();
        Step(workspace, state);
        for (int i = 0; i < next.Length; i++)
            next[i] = workspace.Next.Pointer[i * Lanes];
        _kernels.GiveBack(workspace);
    }

    public override void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian)
    {
        int m = model.Latent;
        Check(state.Length, jacobian.Length, m * m);
        KernelLanes.Workspace workspace = _kernels.Take();
        Step(workspace, state);
        for (int first = 0; first < m; first += Lanes)
        {
            int rows = Math.Min(Lanes, m - first);
            workspace.GradientNext.Clear();
            for (int row = 0; row < rows; row++)
                workspace.GradientNext.Pointer[((first + row) * Lanes) + row] = 1;
            workspace.Backward();
            for (int row = 0; row < rows; row++)
                for (int column = 0; column < m; column++)
                    jacobian[((first + row) * m) + column] = workspace.Gradient.Pointer[(column * Lanes) + row];
        }
        _kernels.GiveBack(workspace);
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

    private static void Step(KernelLanes.Workspace workspace, ReadOnlySpan<double> state)
    {
        for (int i = 0; i < state.Length; i++)
            workspace.State.Span.Slice(i * Lanes, Lanes).Fill(state[i]);
        workspace.Forward();
    }
}
