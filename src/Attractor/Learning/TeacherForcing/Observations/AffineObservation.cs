using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>
/// x = B z: the signal B+ x draws the units that are read, and residuals are those of B z; the gradients of B and of B+ are gathered.
/// </summary>
/// <param name="readout">B, B+ and what is gathered.</param>
/// <param name="inputs">What the signals are made from, (T + 1) x N x lanes.</param>
/// <param name="targets">What predictions are compared with, of the same shape.</param>
/// <param name="weights">1 where a value is there, else 0, of the same shape; null where all are.</param>
internal readonly unsafe struct AffineObservation<S, T>(AffineReadout<T> readout, T* inputs, T* targets, T* weights)
    : IObservationSteps<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    private nint Row => (nint)readout.Observed * s_lanes;

    /// <summary>z_0 of the units that are read: B+ x_0.</summary>
    public void Begin(T* state)
    {
        for (nint i = 0; i < readout.Read; i++)
            Signal(i, inputs).Store(state + (i * s_lanes));
    }

    /// <summary>The gradient of B+ of <see cref="Begin"/>.</summary>
    /// <param name="gradient">With respect to the units that are read.</param>
    public void BeginAdjoint(T* gradient)
    {
        for (nint i = 0; i < readout.Read; i++)
            GatherSignal(i, S.Load(gradient + (i * s_lanes)), inputs);
    }

    // z~ = (1 - s) z + s B+ x, with s = 0 where a value of x is missing; the first state is made from the data
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Draw(int t, double strength, T* state)
    {
        if (t == 0)
            return;
        S s = ForcingStrength<S, T>.OfRow(strength, weights, t, Row);
        T* x = inputs + (t * Row);
        for (nint i = 0; i < readout.Read; i++)
        {
            S z = S.Load(state + (i * s_lanes));
            S.MultiplyAdd(s, Signal(i, x) - z, z).Store(state + (i * s_lanes));
        }
    }

    // The share s of the gradient goes to the signal, the rest to the state.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void DrawAdjoint(int t, double strength, T* gradient)
    {
        S s = ForcingStrength<S, T>.OfRow(strength, weights, t, Row);
        T* x = inputs + (t * Row);
        for (nint i = 0; i < readout.Read; i++)
        {
            S g = S.Load(gradient + (i * s_lanes)), signal = s * g;
            GatherSignal(i, signal, x);
            (g - signal).Store(gradient + (i * s_lanes));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public S Compare(int t, T* next, S mask, S sum)
    {
        int read = readout.Read;
        // Forcing will overwrite what the residuals are of.
        new Span<T>(next, read * s_lanes).CopyTo(new(readout.Predicted(t), read * s_lanes));
        T* target = targets + ((t + 1) * Row), residual = readout.Residuals(t), b = readout.Weights;
        T* present = weights is null ? null : weights + ((t + 1) * Row);
        for (nint n = 0; n < Row; n += s_lanes)
        {
            S difference = default(S) - S.Load(target + n);
            for (nint i = 0; i < read; i++)
                difference = S.MultiplyAdd(S.Load(next + (i * s_lanes)), S.Broadcast(*b++), difference);
            sum = Residuals<S, T>.Keep(difference, mask, present is null ? null : present + n, residual + n, sum);
        }
        return sum;
    }

    // g += scale B' residual, dL/dB += scale residual z'
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CompareAdjoint(int t, S scale, T* gradientNext)
    {
        int read = readout.Read;
        T* residual = readout.Residuals(t), predicted = readout.Predicted(t), b = readout.Weights, sum = readout.WeightSums;
        for (nint n = 0; n < Row; n += s_lanes)
        {
            S r = S.Load(residual + n) * scale;
            for (nint i = 0; i < read; i++, sum += s_lanes)
            {
                S.MultiplyAdd(r, S.Broadcast(*b++), S.Load(gradientNext + (i * s_lanes))).Store(gradientNext + (i * s_lanes));
                S.MultiplyAdd(r, S.Load(predicted + (i * s_lanes)), S.Load(sum)).Store(sum);
            }
        }
    }

    private S Signal(nint unit, T* x)
    {
        T* inverse = readout.Inverse + (unit * readout.Observed);
        S sum = default;
        for (nint n = 0; n < Row; n += s_lanes)
            sum = S.MultiplyAdd(S.Load(x + n), S.Broadcast(*inverse++), sum);
        return sum;
    }

    private void GatherSignal(nint unit, S gradient, T* x)
    {
        T* sum = readout.InverseSums + (unit * Row);
        for (nint n = 0; n < Row; n += s_lanes)
            S.MultiplyAdd(gradient, S.Load(x + n), S.Load(sum + n)).Store(sum + n);
    }
}
