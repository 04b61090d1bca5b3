using System.Globalization;
using System.Runtime.CompilerServices;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Models;

/// <summary>
/// A nonlinear vector autoregression, or next generation reservoir computer: x_{t+1} = x_t + W_out phi_t, where phi_t holds a
/// constant, x at some delays and monomials of these, and W_out is all that is learnt (Gauthier, Bollt, Griffith and Barbosa, Nature
/// Communications 12, 5564, 2021).
/// </summary>
/// <remarks>
/// <para>The state is the history that the next value depends on: (k - 1) s + 1 rows of N values, the newest first. The newest is the
/// prediction of x_t until x_t is taken in.</para>
/// <para>Reading and stepping are thread-safe, setting the readout is not.</para>
/// </remarks>
public sealed partial class NonlinearVectorAutoregression : IGenerativeModel
{
    /// <summary>The kind: <c>ngrc</c>.</summary>
    public const string KindName = "ngrc";

    /// <summary>The most features a model may have: a fit takes their square in memory and their cube in time.</summary>
    public const int MostFeatures = 20_000;

    private const int MostRows = 1_000_000;

    private readonly Monomials _monomials;
    private double[] _weights;

    /// <summary>A model that predicts its last value again until it is trained: its readout is 0.</summary>
    /// <param name="observed">N, the variables.</param>
    /// <param name="delays">k, how many values of each variable the features see, the newest among them.</param>
    /// <param name="stride">s, the rows between two of these values.</param>
    /// <param name="orders">Orders of the monomials, each 1 to 16; 2 if null. The linear part, order 1, is there in any case: none but it
    /// if the list is empty.</param>
    /// <param name="constant">Whether 1 is a feature.</param>
    /// <exception cref="ArgumentException">A size is out of its range, or there would be more than <see cref="MostFeatures"/>
    /// features.</exception>
    public NonlinearVectorAutoregression(
        int observed, int delays = 2, int stride = 1, IReadOnlyList<int>? orders = null, bool constant = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(observed);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(delays);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stride);
        int[] all = [.. (orders ?? [2]).Append(1).Distinct().Order()];
        if (all[0] < 1 || all[^1] > Monomials.HighestOrder)
            throw new ArgumentException(
                $"The orders of monomials are from 1 to {Monomials.HighestOrder}, not {(all[0] < 1 ? all[0] : all[^1])}.", nameof(orders));
        long features = Monomials.CountOf((long)observed * delays, all, MostFeatures) + (constant ? 1 : 0);
        if (features > MostFeatures)
        {
            throw new ArgumentException(
                $"{observed} variables at {delays} delays have more than {MostFeatures} monomials of the orders {string.Join(", ", all)}: "
                + $"take fewer delays or lower orders.",
                nameof(orders));
        }
        long rows = ((delays - 1L) * stride) + 1;
        if (rows * observed > MostRows)
            throw new ArgumentException(
                $"{delays} delays {stride} rows apart make a state of {rows} rows of {observed} values: more than {MostRows} values.",
                nameof(stride));
        (Observed, Delays, Stride, HasConstant) = (observed, delays, stride, constant);
        _monomials = new(observed * delays, all);
        _weights = new double[observed * FeatureCount];
    }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public int Observed { get; }

    /// <summary>k, the values of each variable that the features see.</summary>
    public int Delays { get; }

    /// <summary>s, the rows between two of them.</summary>
    public int Stride { get; }

    /// <summary>Orders of the monomials, ascending, with the 1 of the linear part.</summary>
    public IReadOnlyList<int> Orders => _monomials.Orders;

    /// <summary>Whether 1 is a feature.</summary>
    public bool HasConstant { get; }

    /// <summary>F, how many features there are: k N + C(k N + p - 1, p) for each order p above 1, and the constant.</summary>
    public int FeatureCount => _monomials.Count + Offset;

    /// <summary>W_out: N x F, row-major, in the order of <see cref="FeatureNames"/>.</summary>
    public ReadOnlySpan<double> ReadoutWeights => _weights;

    /// <inheritdoc/>
    public int ParameterCount => _weights.Length;

    /// <inheritdoc/>
    public string Description
        => $"{FeatureCount} features of {Delays} delay{(Delays == 1 ? "" : $"s {Stride} row{(Stride == 1 ? "" : "s")} apart")}";

    /// <summary>(k - 1) s rows before the one to start from: then every delay holds data.</summary>
    public int WarmUp => (Delays - 1) * Stride;

    /// <inheritdoc/>
    public int Dimension => (WarmUp + 1) * Observed;

    private int Offset => HasConstant ? 1 : 0;

    /// <summary>Sets the readout.</summary>
    /// <param name="weights">W_out: N x F, row-major; what it makes of the features is the increment from one row to the next.</param>
    /// <exception cref="ArgumentException">The size does not fit.</exception>
    public void SetReadout(ReadOnlySpan<double> weights)
    {
        if (weights.Length != _weights.Length)
            throw new ArgumentException($"Expected {Observed} x {FeatureCount} weights, found {weights.Length}.", nameof(weights));
        _weights = weights.ToArray();
    }

    /// <summary>
    /// phi: the constant if there is one, x at all delays (the newest first), then the monomials by order, each order lexicographically.
    /// </summary>
    /// <param name="state">D values.</param>
    /// <param name="features">F values are written.</param>
    [SkipLocalsInit]
    public void WriteFeatures(ReadOnlySpan<double> state, Span<double> features)
    {
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], _monomials.Size);
        Expand(state, scratch.Values);
        if (HasConstant)
            features[0] = 1;
        _monomials.Select(scratch.Values, features.Slice(Offset, _monomials.Count));
    }

    /// <summary>What the features are, such as <c>1</c>, <c>x1(t)</c> or <c>x1(t)^2 x3(t-1)</c>; times count rows.</summary>
    /// <param name="variables">N names; x1, x2 ... if absent.</param>
    /// <exception cref="ArgumentException">There are not N names.</exception>
    public IReadOnlyList<string> FeatureNames(IReadOnlyList<string>? variables = null)
    {
        if (variables is not null && variables.Count != Observed)
            throw new ArgumentException($"Expected {Observed} names of variables, found {variables.Count}.", nameof(variables));
        string[] delayed = [.. Enumerable.Range(0, _monomials.Variables).Select(i =>
        {
            string name = variables?[i % Observed] ?? string.Create(CultureInfo.InvariantCulture, $"x{(i % Observed) + 1}");
            int rows = i / Observed * Stride;
            return rows == 0 ? $"{name}(t)" : string.Create(CultureInfo.InvariantCulture, $"{name}(t-{rows})");
        })];
        IEnumerable<string> monomials = _monomials.Factors().Select(factors => string.Join(' ', factors.CountBy(i => i)
            .Select(power => power.Value == 1
                ? delayed[power.Key]
                : string.Create(CultureInfo.InvariantCulture, $"{delayed[power.Key]}^{power.Value}"))));
        return [.. HasConstant ? ["1"] : Array.Empty<string>(), .. monomials];
    }

    /// <inheritdoc/>
    public TimeSeries Generate(TimeSeries from, int steps, int start = 0, int? warmUp = null)
        => FreeRun.AfterWarmUp(this, from, steps, start, warmUp);
}
