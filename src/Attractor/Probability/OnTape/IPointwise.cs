namespace Attractor.Probability;

/// <summary>A number computed from some others, with its partial derivatives.</summary>
internal interface IPointwise
{
    /// <summary>The number; the derivatives with respect to the inputs are written.</summary>
    static abstract double Evaluate(ReadOnlySpan<double> inputs, Span<double> derivatives);
}
