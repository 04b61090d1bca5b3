using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Learning;

/// <summary>
/// One-hot variables whose samples are relaxed so that they move with the logits; density and
/// entropy stay those of the variables themselves.
/// </summary>
internal sealed class RelaxedSamples : IReparameterizedMultivariate
{
    private readonly OneHotCategorical _variables;
    private readonly RelaxedOneHot[] _relaxed;
    private readonly int _classes;

    public RelaxedSamples(OneHotCategorical variables, double temperature)
    {
        _variables = variables;
        _classes = variables.Classes;
        _relaxed = [.. variables.Variables.Select(v => new RelaxedOneHot([.. v.Logits], temperature))];
    }

    public int Dimension => _variables.Dimension;

    public int ParameterCount => _variables.ParameterCount;

    public IReadOnlyList<double> Mean => _variables.Mean;

    public IReadOnlyList<double> Variance => _variables.Variance;

    public double Entropy => _variables.Entropy;

    public double LogDensity(ReadOnlySpan<double> value) => _variables.LogDensity(value);

    public void LogDensityGradient(ReadOnlySpan<double> value, Span<double> valueGradient, Span<double> score)
        => _variables.LogDensityGradient(value, valueGradient, score);

    public void EntropyGradient(Span<double> gradient) => _variables.EntropyGradient(gradient);

    /// <summary>A relaxed sample.</summary>
    public void Sample(RandomStream random, Span<double> value)
    {
        for (int i = 0; i < _relaxed.Length; i++)
            _relaxed[i].Sample(random, value.Slice(i * _classes, _classes));
    }

    /// <summary>A hard sample and the relaxed one from the same noise.</summary>
    public void SampleBoth(RandomStream random, Span<double> oneHot, Span<double> relaxed)
    {
        for (int i = 0; i < _relaxed.Length; i++)
            _relaxed[i].StraightThrough(random, oneHot.Slice(i * _classes, _classes), relaxed.Slice(i * _classes, _classes));
    }

    public void Pullback(ReadOnlySpan<double> value, ReadOnlySpan<double> adjoint, Span<double> gradient)
    {
        for (int i = 0; i < _relaxed.Length; i++)
            _relaxed[i].Pullback(
                value.Slice(i * _classes, _classes), adjoint.Slice(i * _classes, _classes), gradient.Slice(i * _classes, _classes));
    }
}
