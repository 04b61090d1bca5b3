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

    private readonly double[] _inputColumns = Transposed(inputWeights, weights.Units, inputs);

    public int Units => Weights.Units;

    public double LeakRate => leak;

    public Activation Activation => activation;

    public int Inputs { get; } = inputs;

    public double[] InputWeights { get; } = inputWeights;

    public double[] Bias { get; } = bias;

    public RecurrentWeights Weights { get; } = weights;

    /// <summary>The same layer with other weights in the place of W.</summary>
    public ReservoirLayer With(RecurrentWeights other) => new(Inputs, InputWeights, Bias, other, leak, activation);

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

    // Column by column: the inner loops run over the units.
    private Span<double> Potential(ReadOnlySpan<double> r, ReadOnlySpan<double> x, Span<double> scratch)
    {
        Weights.Multiply(r, scratch);
        Span<double> u = scratch[..Units];
        TensorPrimitives.Add<double>(u, Bias, u);
        for (int j = 0; j < Inputs; j++)
            VectorOperations.AddScaled(u, x[j], _inputColumns.AsSpan(j * Units, Units));
        return u;
    }

    private void Leak(ReadOnlySpan<double> r, ReadOnlySpan<double> u, Span<double> next)
    {
        TensorPrimitives.Multiply(r, 1 - leak, next);
        VectorOperations.AddScaled(next, leak, u);
    }

    private static double[] Transposed(double[] values, int rows, int columns)
    {
        double[] transposed = new double[values.Length];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                transposed[(j * rows) + i] = values[(i * columns) + j];
        return transposed;
    }
}
