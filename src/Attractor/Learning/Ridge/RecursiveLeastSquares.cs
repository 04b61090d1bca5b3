using System.Numerics.Tensors;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>
/// Recursive least squares (Plackett, Biometrika 37, 1950; Haykin, Adaptive Filter Theory, ch. 10): after every sample W is what minimises
/// sum_s f^(t-s) |y_s - W x_s|^2 + f^t delta |W|^2.
/// </summary>
/// <remarks>
/// <para>Exact: with f = 1 it is ridge regression at lambda = delta on all samples so far. For a constant, put a 1 among the features; its
/// weight is penalised like the others.</para>
/// <para>With f &lt; 1, what the features do not excite is forgotten without being learnt anew, and P would grow without bound. A sample
/// after which the trace of P were above that of P_0 is taken in without forgetting.</para>
/// <para>O(F^2) for each sample. Not thread-safe.</para>
/// </remarks>
public sealed class RecursiveLeastSquares
{
    private readonly double[] _weights, _inverse, _gain;
    private readonly double _largestTrace;

    /// <summary>W = 0 and P_0 = I / delta.</summary>
    /// <param name="features">F.</param>
    /// <param name="targets">K.</param>
    /// <param name="delta">Above 0: how strongly the weights are held at 0.</param>
    /// <param name="forgetting">f, above 0 and at most 1: what a sample counts one step later.</param>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public RecursiveLeastSquares(int features, int targets, double delta = 1, double forgetting = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(targets);
        CheckDelta(delta);
        CheckForgetting(forgetting);
        (Features, Targets, Forgetting) = (features, targets, forgetting);
        _weights = new double[checked(targets * features)];
        _inverse = new double[checked(features * features)];
        _gain = new double[features];
        for (int i = 0; i < features; i++)
            _inverse[i * (features + 1)] = 1 / delta;
        _largestTrace = Trace();
    }

    /// <summary>F, the number of features.</summary>
    public int Features { get; }

    /// <summary>K, the number of targets.</summary>
    public int Targets { get; }

    /// <summary>f.</summary>
    public double Forgetting { get; }

    /// <summary>Samples that were taken in.</summary>
    public long Samples { get; private set; }

    /// <summary>W: K x F, row-major.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>P, the inverse of the penalised and discounted X'X: F x F, exactly symmetric.</summary>
    public ReadOnlySpan<double> InverseCorrelation => _inverse;

    /// <summary>W x.</summary>
    /// <param name="features">x: F values.</param>
    /// <param name="outputs">K values are written.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Predict(ReadOnlySpan<double> features, Span<double> outputs)
    {
        Require(features.Length, outputs.Length);
        for (int k = 0; k < Targets; k++)
            outputs[k] = TensorPrimitives.Dot(_weights.AsSpan(k * Features, Features), features);
    }

    /// <summary>Takes in a sample.</summary>
    /// <param name="features">x: F values.</param>
    /// <param name="targets">y: K values; a sample with a missing one (NaN) is left out and nothing is forgotten.</param>
    /// <param name="weight">The sample counts as that many would; at 0 it is left out.</param>
    /// <exception cref="ArgumentException">A length does not fit, a value is infinite, a feature is NaN, or the weight is
    /// negative.</exception>
    public void Update(ReadOnlySpan<double> features, ReadOnlySpan<double> targets, double weight = 1)
    {
        Require(features.Length, targets.Length);
        if (!(weight >= 0) || !double.IsFinite(weight))
            throw new ArgumentException(
                FormattableString.Invariant($"The weight of a sample must be a number of at least 0, not {weight}."), nameof(weight));
        if (weight == 0 || TensorPrimitives.IsNaNAny(targets))
            return;
        if (!TensorPrimitives.IsFiniteAll(features) || !TensorPrimitives.IsFiniteAll(targets))
            throw new ArgumentException("A sample holds values that are not finite.", nameof(features));
        // P is symmetric: its rows are its columns.
        for (int i = 0; i < Features; i++)
            _gain[i] = TensorPrimitives.Dot(_inverse.AsSpan(i * Features, Features), features);
        double excitation = TensorPrimitives.Dot(features, _gain), forgetting = Factor(excitation, weight);
        double scale = weight / (forgetting + (weight * excitation));
        for (int k = 0; k < Targets; k++)
        {
            Span<double> w = _weights.AsSpan(k * Features, Features);
            VectorOperations.AddScaled(w, scale * (targets[k] - TensorPrimitives.Dot(w, features)), _gain);
        }
        // Both halves of P subtract the same products s_i s_j, so that rounding cannot make it asymmetric.
        TensorPrimitives.Multiply(_gain, Math.Sqrt(scale), _gain);
        for (int i = 0; i < Features; i++)
        {
            Span<double> row = _inverse.AsSpan(i * Features, Features);
            VectorOperations.AddScaled(row, -_gain[i], _gain);
            if (forgetting < 1)
                TensorPrimitives.Divide(row, forgetting, row);
        }
        Samples++;
    }

    internal static void CheckDelta(double delta)
    {
        if (!(delta > 0) || !double.IsFinite(delta))
            throw new ArgumentException(FormattableString.Invariant($"delta must be a number above 0, not {delta}."), nameof(delta));
    }

    internal static void CheckForgetting(double forgetting)
    {
        if (!(forgetting is > 0 and <= 1))
            throw new ArgumentException(
                FormattableString.Invariant($"The forgetting factor must be above 0 and at most 1, not {forgetting}."), nameof(forgetting));
    }

    private double Factor(double excitation, double weight)
    {
        if (Forgetting == 1)
            return 1;
        double removed = TensorPrimitives.SumOfSquares<double>(_gain) * weight / (Forgetting + (weight * excitation));
        return (Trace() - removed) / Forgetting <= _largestTrace ? Forgetting : 1;
    }

    private double Trace()
    {
        double trace = 0;
        for (int i = 0; i < Features; i++)
            trace += _inverse[i * (Features + 1)];
        return trace;
    }

    private void Require(int features, int targets)
    {
        if (features != Features || targets != Targets)
            throw new ArgumentException($"Expected {Features} features and {Targets} targets, found {features} and {targets}.");
    }
}
