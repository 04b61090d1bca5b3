using Attractor.Differentiation;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Models;

/// <summary>
/// x is one of the levels 1 .. C with P(x at most k) = sigmoid(t_k - output): thresholds t_1 = u_1, t_k = t_{k-1} + exp(u_k) of each
/// variable (a cumulative-logit model; McCullagh, JRSS B 1980).
/// </summary>
/// <remarks>
/// log p(k) is taken as log sigmoid(t_k - o) + log sigmoid(o - t_{k-1}) + log(1 - exp(t_{k-1} - t_k)), which is the same as the logarithm
/// of the difference and exact where that cancels: no floor on probabilities.
/// </remarks>
internal sealed record OrdinalObservation : ObservationModel
{
    internal const string Word = "ordinal";

    private readonly int _levels;

    public OrdinalObservation(int levels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(levels, MostLevels);
        _levels = levels;
    }

    public override string Name => Word;

    public override string Family => "ordinal";

    public override Domain Support => Domain.Natural;

    public override int? Levels => _levels;

    public override IReadOnlyList<ObservationParameter> Parameters =>
    [
        .. Enumerable.Range(1, _levels - 1).Select(k => new ObservationParameter(
            FormattableString.Invariant($"u{k}"), PerVariable: true, k == 1 ? Even(1) : Math.Log(Even(k) - Even(k - 1))))
    ];

    public override Variable<T> LogLikelihood<T>(IReadOnlyList<Variable<T>> parameters, Variable<T> output, Variable<T> x)
    {
        int n = x.Rows, d = x.Columns, count = n * d;
        Variable<T> one = output.Tape.Constant(T.One);
        // t_1 .. t_{C-1}, each 1 x D, one under the other as a column: that of level k of variable j in row (k - 1) D + j.
        Variable<T>[] steps = [.. parameters.Select((u, k) => k == 0 ? u : u.Exp())], thresholds = [.. steps];
        for (int k = 1; k < thresholds.Length; k++)
            thresholds[k] = thresholds[k - 1] + steps[k];
        Variable<T> column = Variable<T>.ConcatenateRows(thresholds).Reshape((_levels - 1) * d, 1);
        // t_k - t_{k-1}; that of k = 1, which is in use nowhere, is the next one's, and of two levels there is none.
        Variable<T> gap = steps.Length == 1
            ? column.Exp()
            : Variable<T>.ConcatenateRows([.. steps.Select((s, k) => k == 0 ? steps[1] : s)]).Reshape((_levels - 1) * d, 1);
        gap = (one - (-gap).Exp()).Log();
        int[] upper = new int[count], lower = new int[count];
        T[] hasUpper = new T[count], hasLower = new T[count], hasBoth = new T[count];
        ReadOnlySpan<T> values = x.Value;
        for (int i = 0; i < count; i++)
        {
            int level = Math.Clamp(int.CreateSaturating(values[i]), 1, _levels), variable = i % d;
            upper[i] = ((Math.Min(level, _levels - 1) - 1) * d) + variable;
            lower[i] = ((Math.Max(level, 2) - 2) * d) + variable;
            hasUpper[i] = level < _levels ? T.One : T.Zero;
            hasLower[i] = level > 1 ? T.One : T.Zero;
            hasBoth[i] = hasUpper[i] * hasLower[i];
        }
        Variable<T> o = (output.Rows == n ? output : output.GatherRows(new int[n])).Reshape(count, 1);
        Shape shape = new(count, 1);
        Tape<T> tape = output.Tape;
        return ((tape.Constant(shape, hasUpper) * (column.GatherRows(upper) - o).LogSigmoid())
            + (tape.Constant(shape, hasLower) * (o - column.GatherRows(lower)).LogSigmoid())
            + (tape.Constant(shape, hasBoth) * gap.GatherRows(upper))).Reshape(n, d);
    }

    public override double Mean(double output, ReadOnlySpan<double> parameters)
    {
        // E[x] = 1 + sum_k P(x above k)
        double mean = 1, threshold = 0;
        for (int k = 0; k < parameters.Length; k++)
        {
            threshold = k == 0 ? parameters[0] : threshold + Math.Exp(parameters[k]);
            mean += Logistic.Sigmoid(output - threshold);
        }
        return mean;
    }

    public override double Sample(double output, ReadOnlySpan<double> parameters, RandomStream random)
    {
        double u = random.NextDouble(), threshold = 0;
        for (int k = 0; k < parameters.Length; k++)
        {
            threshold = k == 0 ? parameters[0] : threshold + Math.Exp(parameters[k]);
            if (u < Logistic.Sigmoid(threshold - output))
                return k + 1;
        }
        return _levels;
    }

    public override string? Refusal(double x) => x >= 1 && x <= _levels && x == Math.Floor(x)
        ? null
        : FormattableString.Invariant($"an ordinal decoder observes the levels 1 to {_levels}");

    // Thresholds under which levels are equally likely at an output of 0.
    private double Even(int k) => Math.Log(k / (double)(_levels - k));
}
