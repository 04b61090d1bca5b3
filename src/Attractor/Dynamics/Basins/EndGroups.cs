namespace Attractor.Dynamics;

/// <summary>Which ends of orbits are on one attractor.</summary>
internal sealed class EndGroups
{
    // Two orbits on their ways to one point may each be this many tolerances from it.
    private const double Apart = 100;

    private readonly List<(double[] State, int Group)> _cycles = [];
    private readonly Dictionary<long, int> _cells = [];
    private readonly List<int> _parent = [];
    private readonly IReadOnlyList<double> _scales;
    private readonly double _near;

    private EndGroups(IReadOnlyList<double> scales, double tolerance) => (_scales, _near) = (scales, Apart * tolerance);

    /// <summary>The number of each end's attractor, in the order in which they come; -1 of what has left.</summary>
    public static int[] Of(IReadOnlyList<OrbitEnd> ends, IReadOnlyList<double> scales, double tolerance)
    {
        EndGroups groups = new(scales, tolerance);
        int[] assigned = [.. ends.Select(groups.Assign)];
        return [.. assigned.Select(g => g < 0 ? -1 : groups.Root(g))];
    }

    private int Assign(OrbitEnd end) => end.Order < 0 ? -1 : end.Order == 0 ? AssignByCells(end) : AssignByStates(end);

    private int AssignByStates(OrbitEnd end)
    {
        foreach ((double[] state, int known) in _cycles)
            foreach (double[] own in end.States)
                if (OrbitEnd.Distance(state, own, _scales) < _near)
                    return known;
        int group = Add();
        _cycles.AddRange(end.States.Select(s => (s, group)));
        return group;
    }

    private int AssignByCells(OrbitEnd end)
    {
        int group = -1;
        foreach (long cell in end.Cells)
            if (_cells.TryGetValue(cell, out int known))
                group = group < 0 ? Root(known) : Join(group, known);
        if (group < 0)
            group = Add();
        foreach (long cell in end.Cells)
            _cells.TryAdd(cell, group);
        return group;
    }

    private int Add()
    {
        _parent.Add(_parent.Count);
        return _parent.Count - 1;
    }

    private int Join(int a, int b)
    {
        (a, b) = (Root(a), Root(b));
        _parent[Math.Max(a, b)] = Math.Min(a, b);
        return Math.Min(a, b);
    }

    private int Root(int group)
    {
        while (_parent[group] != group)
            group = _parent[group];
        return group;
    }
}
