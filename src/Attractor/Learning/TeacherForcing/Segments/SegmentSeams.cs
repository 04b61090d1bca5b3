namespace Attractor.Learning;

/// <summary>
/// What two neighbouring segments say of the place where they meet: the state that one ends in and the other has found, and the adjoint
/// that one has found and the other ends in.
/// </summary>
/// <param name="layout">The cut.</param>
/// <param name="units">M.</param>
internal sealed class SegmentSeams(SegmentLayout layout, int units)
{
    // Segments x M.
    private readonly double[] _firstStates = new double[(long)layout.Segments * units],
        _lastStates = new double[(long)layout.Segments * units],
        _firstAdjoints = new double[(long)layout.Segments * units],
        _lastAdjoints = new double[(long)layout.Segments * units];

    /// <summary>Those at the ends of a segment, M values each.</summary>
    public (Memory<double> FirstState, Memory<double> LastState, Memory<double> FirstAdjoint, Memory<double> LastAdjoint) this[int segment]
        => (Of(_firstStates, segment), Of(_lastStates, segment), Of(_firstAdjoints, segment), Of(_lastAdjoints, segment));

    /// <summary>The largest difference at a seam, of states or of adjoints, relative to the largest of their kind; NaN stays.</summary>
    public double Largest()
    {
        double states = Largest(_lastStates, _firstStates), adjoints = Largest(_lastAdjoints, _firstAdjoints);
        return double.IsNaN(states) ? states : Math.Max(states, adjoints);
    }

    private double Largest(double[] ends, double[] begins)
    {
        double difference = 0, scale = 0;
        for (int i = units; i < begins.Length; i++)
        {
            difference = Math.Max(difference, Math.Abs(begins[i] - ends[i - units]));
            scale = Math.Max(scale, Math.Abs(begins[i]));
        }
        return difference == 0 ? 0 : difference / scale;
    }

    private Memory<double> Of(double[] values, int segment) => values.AsMemory(segment * units, units);
}
