using Attractor.Differentiation;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Models;

/// <summary>
/// x is one of the categories 1 .. C with p_k = exp(o_k) / (1 + sum of exp(o_j) over j below C), o_C = 0: C - 1 outputs for each variable.
/// </summary>
internal sealed record CategoricalObservation : ObservationModel
{
    internal const string Word = "categorical";

    private readonly int _levels;

    public CategoricalObservation(int levels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(levels, MostLevels);
        _levels = levels;
    }

    public override string Name => Word;

    public override string Family => "categorical";

    public override Domain Support => Domain.Natural;

    public override int? Levels => _levels;

    public override int Outputs => _levels - 1;

    public override int Features => _levels;

    public override Variable<T> LogLikelihood<T>(IReadOnlyList<Variable<T>> parameters, Variable<T> output, Variable<T> x)
    {
        int n = x.Rows, d = x.Columns, count = n * d;
        Variable<T> all = (output.Rows == n ? output : output.GatherRows(new int[n])).Reshape(count, Outputs);
        Variable<T> reference = output.Tape.Constant(new(count, 1), new T[count]);
        int[] indices = new int[count];
        ReadOnlySpan<T> values = x.Value;
        for (int i = 0; i < count; i++)
            indices[i] = Math.Clamp(int.CreateSaturating(values[i]), 1, _levels) - 1;
        return Variable<T>.ConcatenateColumns(all, reference).LogSoftmax().Pick(indices).Reshape(n, d);
    }

    public override double Mean(double output, ReadOnlySpan<double> parameters) => Mean([output], parameters);

    public override double Mean(ReadOnlySpan<double> outputs, ReadOnlySpan<double> parameters)
    {
        int most = _levels;
        double highest = 0;
        for (int k = 0; k < outputs.Length; k++)
            if (outputs[k] > highest)
                (most, highest) = (k + 1, outputs[k]);
        return most;
    }

    public override double Sample(double output, ReadOnlySpan<double> parameters, RandomStream random)
        => Sample([output], parameters, random);

    public override double Sample(ReadOnlySpan<double> outputs, ReadOnlySpan<double> parameters, RandomStream random)
        => new Categorical([.. outputs, 0]).Sample(random) + 1;

    public override void Encode(double x, Span<double> features)
    {
        features.Clear();
        features[Math.Clamp(int.CreateSaturating(x), 1, _levels) - 1] = 1;
    }

    public override string? Refusal(double x) => x >= 1 && x <= _levels && x == Math.Floor(x)
        ? null
        : FormattableString.Invariant($"a categorical decoder observes the categories 1 to {_levels}");
}
