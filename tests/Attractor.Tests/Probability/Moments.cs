namespace Attractor.Tests.Probability;

/// <summary>The mean of numbers and how far it may be from the truth.</summary>
internal sealed class Moments
{
    private long _count;
    private double _squares;

    public double Mean { get; private set; }

    public double StandardError => Math.Sqrt(_squares / _count / (_count - 1));

    public void Add(double x)
    {
        double from = x - Mean;
        Mean += from / ++_count;
        _squares += from * (x - Mean);
    }

    /// <summary>Is the expected value within so many standard errors, or within rounding where all numbers are the same?</summary>
    public bool Holds(double expected, double errors)
        => Math.Abs(Mean - expected) <= (errors * StandardError) + (1e-12 * Math.Abs(expected));

    public override string ToString() => $"{Mean} +- {StandardError}";
}
