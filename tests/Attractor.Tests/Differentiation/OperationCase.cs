using Attractor.Differentiation;

namespace Attractor.Tests.Differentiation;

/// <summary>An operation, or a composition of some, on matrices of given shapes.</summary>
internal sealed record OperationCase(
    string Name, Shape[] Inputs, Func<Variable<double>[], Variable<double>> Double, Func<Variable<float>[], Variable<float>> Single)
{
    /// <summary>Where its inputs are drawn from: a logarithm wants them above 0, a kink does not want them near it.</summary>
    public Func<double, double> From { get; init; } = x => x;

    public override string ToString() => $"{Name} of {string.Join(" and ", Inputs)}";
}
