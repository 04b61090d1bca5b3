using Attractor.Systems;

namespace Attractor.Dynamics;

/// <summary>Different cycles of one order.</summary>
internal sealed class CycleCollection(IMap map, int order, double tolerance)
{
    private readonly List<Cycle> _cycles = [];

    public IReadOnlyList<Cycle> Cycles => _cycles;

    /// <summary>Takes the cycle through a point in, unless it is of a lower order, not a cycle, or known.</summary>
    public bool Add(ReadOnlySpan<double> point)
    {
        if (!HasThisOrder(point) || IsKnown(point))
            return false;
        Cycle cycle = Cycle.Through(map, point, order);
        if (!(cycle.Residual <= tolerance))
            return false;
        _cycles.Add(cycle);
        return true;
    }

    /// <summary>Whether any point of a known cycle is this one.</summary>
    private bool IsKnown(ReadOnlySpan<double> point)
    {
        foreach (Cycle cycle in _cycles)
            foreach (IReadOnlyList<double> known in cycle.Points)
                if (Same(point, known))
                    return true;
        return false;
    }

    /// <summary>Whether the point comes back after this many steps and no divisor of them.</summary>
    private bool HasThisOrder(ReadOnlySpan<double> point)
    {
        double[] state = point.ToArray();
        for (int k = 1; k < order; k++)
        {
            map.Step(state, state);
            if (order % k == 0 && Same(point, state))
                return false;
        }
        return true;
    }

    private bool Same(ReadOnlySpan<double> a, IReadOnlyList<double> b)
    {
        double size = 1, difference = 0;
        for (int i = 0; i < a.Length; i++)
        {
            size = Math.Max(size, Math.Abs(a[i]));
            difference = Math.Max(difference, Math.Abs(a[i] - b[i]));
        }
        return difference <= tolerance * size;
    }
}
