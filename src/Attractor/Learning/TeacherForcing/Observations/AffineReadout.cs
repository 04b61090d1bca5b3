using System.Numerics;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>B and B+ of an affine observation in a pass, and the gradients that the pass gathers lane by lane.</summary>
/// <remarks>
/// B+ is taken anew at every update, in float64; the gradient with respect to it goes back to B by <see cref="PseudoInverse.Backward"/>, as
/// the first states and the forcing signals depend on B through it.
/// </remarks>
internal sealed unsafe class AffineReadout<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ParameterTensor _tensor;
    private readonly int _lanes;
    private readonly AlignedBuffer<T> _inverse, _predicted, _residuals, _weightSums, _inverseSums;
    private PseudoInverse? _pseudoInverse;

    /// <param name="tensor">B.</param>
    /// <param name="steps">T.</param>
    /// <param name="lanes">Lanes of a block.</param>
    public AffineReadout(ParameterTensor tensor, int steps, int lanes)
    {
        (_tensor, _lanes) = (tensor, lanes);
        (_inverse, _weightSums, _inverseSums) = (new(tensor.Count), new((long)tensor.Count * lanes), new((long)tensor.Count * lanes));
        (_predicted, _residuals) = (new((long)steps * Read * lanes), new((long)steps * Observed * lanes));
    }

    /// <summary>N.</summary>
    public int Observed => _tensor.Rows;

    /// <summary>R.</summary>
    public int Read => _tensor.Columns;

    /// <summary>B, N x R.</summary>
    public T* Weights { get; private set; }

    /// <summary>B+, R x N.</summary>
    public T* Inverse => _inverse.Pointer;

    /// <summary>dL/dB of the residuals, N x R x lanes.</summary>
    public T* WeightSums => _weightSums.Pointer;

    /// <summary>dL/dB+, R x N x lanes.</summary>
    public T* InverseSums => _inverseSums.Pointer;

    /// <summary>The units that are read after step t, before they are forced.</summary>
    public T* Predicted(int t) => _predicted.Pointer + ((nint)t * Read * _lanes);

    /// <summary>N x lanes of step t.</summary>
    public T* Residuals(int t) => _residuals.Pointer + ((nint)t * Observed * _lanes);

    /// <summary>Takes B over, and inverts it.</summary>
    public void Load(T* parameters)
    {
        Weights = parameters + _tensor.Offset;
        double[] b = new double[_tensor.Count];
        for (int i = 0; i < b.Length; i++)
            b[i] = double.CreateTruncating(Weights[i]);
        // Of what is no number there is no inverse; the loss says so.
        _pseudoInverse = Array.TrueForAll(b, double.IsFinite) ? new(b, Observed, Read) : null;
        double[] inverse = _pseudoInverse?.Values ?? [.. Enumerable.Repeat(double.NaN, b.Length)];
        for (int i = 0; i < inverse.Length; i++)
            _inverse.Pointer[i] = T.CreateTruncating(inverse[i]);
    }

    /// <summary>Adds the gradient of B, and starts anew.</summary>
    public void StoreGradient(T* gradient)
    {
        double[] ofInverse = Sums(_inverseSums), direct = Sums(_weightSums);
        double[] through = _pseudoInverse is { } inverse && Array.TrueForAll(ofInverse, double.IsFinite)
            ? inverse.Backward(ofInverse)
            : [.. Enumerable.Repeat(double.NaN, direct.Length)];
        for (int i = 0; i < direct.Length; i++)
            gradient[_tensor.Offset + i] += T.CreateTruncating(direct[i] + through[i]);
        _weightSums.Clear();
        _inverseSums.Clear();
    }

    /// <summary>Adds the gradient of weight times the penalty on the condition of B.</summary>
    public void AddConditionGradient(T* parameters, T* gradient, double weight)
    {
        double[] b = new double[_tensor.Count];
        for (int i = 0; i < b.Length; i++)
            b[i] = double.CreateTruncating(parameters[_tensor.Offset + i]);
        if (!Array.TrueForAll(b, double.IsFinite))
            return;
        double[] slope = PseudoInverse.Condition(b, Observed, Read).Gradient;
        for (int i = 0; i < slope.Length; i++)
            gradient[_tensor.Offset + i] += T.CreateTruncating(weight * slope[i]);
    }

    public void Dispose()
    {
        _inverse.Dispose();
        _predicted.Dispose();
        _residuals.Dispose();
        _weightSums.Dispose();
        _inverseSums.Dispose();
    }

    private double[] Sums(AlignedBuffer<T> panels)
    {
        double[] sums = new double[_tensor.Count];
        for (int i = 0; i < sums.Length; i++)
            for (int lane = 0; lane < _lanes; lane++)
                sums[i] += double.CreateTruncating(panels.Pointer[((nint)i * _lanes) + lane]);
        return sums;
    }
}
