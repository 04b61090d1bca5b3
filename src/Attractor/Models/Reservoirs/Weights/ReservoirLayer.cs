using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>One layer: r' = (1 - a) r + a f(W r + W_in x + W_fb y + b), where W_in holds W_in and W_fb side by side.</summary>
/// <param name="inputs">Columns of <paramref name="inputWeights"/>.</param>
/// <param name="inputWeights">M x inputs, row-major.</param>
/// <param name="bias">M values.</param>
/// <param name="weights">W.</param>
/// <param name="leak">a.</param>
/// <param name="activation">f.</param>
internal sealed unsafe class ReservoirLayer(
    int inputs, double[] inputWeights, double[] bias, RecurrentWeights weights, double leak, Activation activation)
{
    private const int Lanes = RecurrentWeights.Lanes;

    private readonly double[] _columns = Columns(inputWeights, bias, inputs);

    public int Units => Weights.Units;

    public double LeakRate => leak;

    public Activation Activation => activation;

    public int Inputs { get; } = inputs;

    public double[] InputWeights { get; } = inputWeights;

    public double[] Bias { get; } = bias;

    public RecurrentWeights Weights { get; } = weights;

    /// <summary>The same layer with other weights in the place of W.</summary>
    public ReservoirLayer With(RecurrentWeights other) => new(Inputs, InputWeights, Bias, other, leak, activation);

    /// <summary>The new state in elementary operations.</summary>
    public VectorValue Trace(VectorProgram program, VectorValue r, VectorValue x)
    {
        double[] w = new double[Units * Units];
        for (int i = 0; i < Units; i++)
            for (int j = 0; j < Units; j++)
                w[(i * Units) + j] = Weights[i, j];
        VectorValue sum = program.Add(program.Affine(w, Bias, r), program.Affine(InputWeights, [], x));
        VectorValue response = activation == Activation.Tanh ? program.Apply(VectorFunction.Tanh, sum) : sum;
        return leak == 1
            ? response
            : program.Add(program.Scale(1 - leak, r), program.Scale(leak, response));
    }

    /// <summary>One state: M values of r, the inputs, M values of r' (may be r).</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Step(ReadOnlySpan<double> r, ReadOnlySpan<double> x, Span<double> next)
    {
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], Weights.Padded);
        Weights.Multiply(r, scratch.Values);
        Respond(r, x, scratch.Values, next);
    }

    /// <summary>
    /// The step with k tangent vectors: V' = (1 - a) V + a f' (W V + W_in X), with V (M x k), X (inputs x k), all row-major.
    /// </summary>
    [SkipLocalsInit]
    public void StepTangent(
        ReadOnlySpan<double> r,
        ReadOnlySpan<double> x,
        Span<double> next,
        ReadOnlySpan<double> v,
        ReadOnlySpan<double> inputTangents,
        Span<double> result)
    {
        int k = v.Length / Units;
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], Weights.Padded * 2);
        Span<double> u = scratch.Values[..Weights.Padded], product = scratch.Values[Weights.Padded..];
        if (k == 1)
        {
            Weights.Multiply(v, product);
            product[..Units].CopyTo(result);
        }
        else
        {
            Weights.MultiplyColumns(v, result);
        }
        VectorOperations.AddProduct(result, InputWeights, inputTangents, Inputs, k);
        Weights.Multiply(r, u);
        Respond(r, x, u, next);
        for (int i = 0; i < Units; i++)
        {
            double slope = activation is Activation.Tanh ? leak * (1 - (u[i] * u[i])) : leak;
            Span<double> row = result.Slice(i * k, k);
            TensorPrimitives.Multiply(row, slope, row);
            VectorOperations.AddScaled(row, 1 - leak, v.Slice(i * k, k));
        }
    }

    /// <summary>A panel of states: r (M x lanes) is replaced by r', x (inputs x lanes), u (M x lanes) is working memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void StepPanel<S>(double* r, double* x, double* u)
        where S : unmanaged, ILanes<S, double>
    {
        Weights.MultiplyPanel<S>(r, u);
        S keep = S.Broadcast(1 - leak), take = S.Broadcast(leak);
        bool tanh = activation is Activation.Tanh;
        fixed (double* win = InputWeights, b = Bias)
        {
            double* w = win;
            for (int i = 0; i < Units; i++, r += Lanes, u += Lanes)
            {
                S sum = S.Load(u) + S.Broadcast(b[i]);
                for (int j = 0; j < Inputs; j++, w++)
                    sum = S.MultiplyAdd(S.Broadcast(*w), S.Load(x + ((nint)j * Lanes)), sum);
                S response = tanh ? HyperbolicTangent<S, double>.Of(sum) : sum;
                S.MultiplyAdd(take, response, keep * S.Load(r)).Store(r);
            }
        }
    }

    /// <summary>
    /// f of u + W_in x + b, which replaces u, and r' = (1 - a) r + a f; u has room for M rounded up to whole blocks of lanes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Respond(ReadOnlySpan<double> r, ReadOnlySpan<double> x, Span<double> u, Span<double> next)
        => WidestLanes.Invoke<double, Response>(new(this, r, x, u, next));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Respond<S>(ReadOnlySpan<double> r, ReadOnlySpan<double> x, Span<double> u, Span<double> next)
        where S : unmanaged, ILanes<S, double>
    {
        S keep = S.Broadcast(1 - leak), take = S.Broadcast(leak);
        bool tanh = activation is Activation.Tanh;
        int units = Units, whole = units / Lanes * Lanes, padded = Weights.Padded;
        double* last = stackalloc double[Lanes];
        fixed (double* state = r, input = x, potential = u, target = next, columns = _columns)
            for (int i = 0; i < padded; i += Lanes)
            {
                double* column = columns + i;
                S sum = S.Load(potential + i) + S.Load(column);
                for (int j = 0; j < Inputs; j++)
                {
                    column += padded;
                    sum = S.MultiplyAdd(S.Broadcast(input[j]), S.Load(column), sum);
                }
                S response = tanh ? HyperbolicTangent<S, double>.Of(sum) : sum;
                response.Store(potential + i);
                if (i < whole)
                {
                    S.MultiplyAdd(take, response, keep * S.Load(state + i)).Store(target + i);
                    continue;
                }
                for (int n = i; n < units; n++)
                    last[n - i] = state[n];
                S.MultiplyAdd(take, response, keep * S.Load(last)).Store(last);
                for (int n = i; n < units; n++)
                    target[n] = last[n - i];
            }
    }

    // b, then W_in column by column, each padded to whole blocks of lanes: the loop goes over the units.
    private static double[] Columns(double[] inputWeights, double[] bias, int columns)
    {
        int rows = bias.Length, padded = (rows + Lanes - 1) / Lanes * Lanes;
        double[] values = new double[padded * (columns + 1)];
        bias.CopyTo(values, 0);
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                values[((j + 1) * padded) + i] = inputWeights[(i * columns) + j];
        return values;
    }

    private readonly ref struct Response(
        ReservoirLayer layer, ReadOnlySpan<double> r, ReadOnlySpan<double> x, Span<double> u, Span<double> next) : ILaneAction<double>
    {
        private readonly ReadOnlySpan<double> _r = r, _x = x;
        private readonly Span<double> _u = u, _next = next;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<S>()
            where S : unmanaged, ILanes<S, double>
            => layer.Respond<S>(_r, _x, _u, _next);
    }
}
