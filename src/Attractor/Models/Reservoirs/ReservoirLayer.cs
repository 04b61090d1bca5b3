using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Attractor.Numerics.Lanes;
using Attractor.Numerics.LinearAlgebra;

namespace Attractor.Models.Reservoirs;

/// <summary>One layer: r' = (1 - a) r + a f(W r + W_in x + W_fb y + b), where W_in holds W_in and W_fb side by side.</summary>
/// <param name="inputs">Columns of <paramref name="inputWeights"/>.</param>
/// <param name="inputWeights">M x inputs, row-major.</param>
/// <param name="bias">M values.</param>
/// <param name="weights">W.</param>
/// <param name="leak">a.</param>
/// <param name="activation">f.</param>
internal sealed unsafe class ReservoirLayer(int inputs, double[] inputWeights, double[] bias, RecurrentWeights weights, double leak, Activation activation)
{
    private const int Lanes = RecurrentWeights.Lanes;

    public int Units => Weights.Units;

    public int Inputs { get; } = inputs;

    public double[] InputWeights { get; } = inputWeights;

    public double[] Bias { get; } = bias;

    public RecurrentWeights Weights { get; } = weights;

    /// <summary>One state: M values of r, the inputs, M values of r' (may be r).</summary>
    [SkipLocalsInit]
    public void Step(ReadOnlySpan<double> r, ReadOnlySpan<double> x, Span<double> next)
    {
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], Weights.Padded);
        Span<double> u = Potential(r, x, scratch.Values);
        if (activation is Activation.Tanh)
            TensorPrimitives.Tanh<double>(u, u);
        Leak(r, u, next);
    }

    /// <summary>
    /// The step with k tangent vectors: V' = (1 - a) V + a f' (W V + W_in X), with V (M x k), X (inputs x k), all row-major.
    /// </summary>
    [SkipLocalsInit]
    public void StepTangent(
        ReadOnlySpan<double> r, ReadOnlySpan<double> x, Span<double> next, ReadOnlySpan<double> v, ReadOnlySpan<double> inputTangents, Span<double> result)
    {
        int k = v.Length / Units;
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], Weights.Padded * 2);
        if (k == 1)
        {
            Weights.Multiply(v, scratch.Values[Weights.Padded..]);
            scratch.Values.Slice(Weights.Padded, Units).CopyTo(result);
        }
        else
        {
            Weights.MultiplyColumns(v, result);
        }
        VectorOperations.AddProduct(result, InputWeights, inputTangents, Inputs, k);
        Span<double> u = Potential(r, x, scratch.Values);
        if (activation is Activation.Tanh)
            TensorPrimitives.Tanh<double>(u, u);
        for (int i = 0; i < Units; i++)
        {
            double slope = activation is Activation.Tanh ? leak * (1 - (u[i] * u[i])) : leak;
            Span<double> row = result.Slice(i * k, k);
            TensorPrimitives.Multiply(row, slope, row);
            VectorOperations.AddScaled(row, 1 - leak, v.Slice(i * k, k));
        }
        Leak(r, u, next);
    }

    /// <summary>A panel of states: r (M x lanes) is replaced by r', x (inputs x lanes), u (M x lanes) is working memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void StepPanel<S>(double* r, double* x, double* u)
        where S : unmanaged, ILanes<S, double>
    {
        Weights.MultiplyPanel<S>(r, u);
        nint values = (nint)Units * Lanes;
        fixed (double* win = InputWeights, b = Bias)
        {
            double* w = win;
            for (int i = 0; i < Units; i++)
            {
                S sum = S.Load(u + ((nint)i * Lanes)) + S.Broadcast(b[i]);
                for (int j = 0; j < Inputs; j++, w++)
                    sum = S.MultiplyAdd(S.Broadcast(*w), S.Load(x + ((nint)j * Lanes)), sum);
                sum.Store(u + ((nint)i * Lanes));
            }
        }
        if (activation is Activation.Tanh)
        {
            Span<double> potential = new(u, (int)values);
            TensorPrimitives.Tanh<double>(potential, potential);
        }
        S keep = S.Broadcast(1 - leak), take = S.Broadcast(leak);
        for (nint n = 0; n < values; n += Lanes)
            S.MultiplyAdd(take, S.Load(u + n), keep * S.Load(r + n)).Store(r + n);
    }

    private Span<double> Potential(ReadOnlySpan<double> r, ReadOnlySpan<double> x, Span<double> scratch)
    {
        Weights.Multiply(r, scratch);
        Span<double> u = scratch[..Units];
        for (int i = 0; i < u.Length; i++)
        {
            double sum = u[i] + Bias[i];
            for (int j = 0; j < Inputs; j++)
                sum = Math.FusedMultiplyAdd(InputWeights[(i * Inputs) + j], x[j], sum);
            u[i] = sum;
        }
        return u;
    }

    private void Leak(ReadOnlySpan<double> r, ReadOnlySpan<double> u, Span<double> next)
    {
        for (int i = 0; i < u.Length; i++)
            next[i] = Math.FusedMultiplyAdd(leak, u[i], (1 - leak) * r[i]);
    }
}
