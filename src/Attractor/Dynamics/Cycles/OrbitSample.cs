using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Dynamics;

/// <summary>Orbits of a map from many starts: where its states are, and where they nearly come back.</summary>
internal sealed class OrbitSample
{
    private const int Starts = 48, Steps = 600, LongSteps = 6000;

    private readonly List<double[]> _orbits = [];
    private readonly int _d;

    public OrbitSample(IMap map, ulong seed)
    {
        _d = map.Dimension;
        RandomStream random = new(seed, "starts of orbits");
        for (int start = 0; start < Starts; start++)
        {
            // From the size of standardised data to far beyond it.
            double scale = start == 0 ? 0.5 : Math.Pow(3, (start % 4) - 1);
            int steps = start < 4 ? LongSteps : Steps;
            _orbits.Add(Run(map, [.. Enumerable.Range(0, _d).Select(_ => scale * random.NextNormal())], steps));
        }
    }

    /// <summary>One orbit, from a state of the caller's.</summary>
    public OrbitSample(IMap map, ReadOnlySpan<double> from)
    {
        _d = map.Dimension;
        _orbits.Add(Run(map, from, 4 * LongSteps));
    }

    /// <summary>The middle of the states and half their range, in each dimension; at least a little.</summary>
    public (double[] Centre, double[] Reach) Extent()
    {
        double[] lower = new double[_d], upper = new double[_d];
        Array.Fill(lower, double.PositiveInfinity);
        Array.Fill(upper, double.NegativeInfinity);
        foreach (ReadOnlyMemory<double> state in States())
            for (int i = 0; i < _d; i++)
                (lower[i], upper[i]) = (Math.Min(lower[i], state.Span[i]), Math.Max(upper[i], state.Span[i]));
        return ([.. lower.Zip(upper, (l, u) => (l + u) / 2)], [.. lower.Zip(upper, (l, u) => Math.Max(1e-3, (u - l) / 2))]);
    }

    /// <summary>All states.</summary>
    public IEnumerable<ReadOnlyMemory<double>> States()
    {
        foreach (double[] orbit in _orbits)
            for (int t = 0; t < orbit.Length / _d; t++)
                yield return orbit.AsMemory(t * _d, _d);
    }

    /// <summary>
    /// The states that come back closest after <paramref name="order"/> steps, closest first, none nearer in time than the order.
    /// </summary>
    public List<ReadOnlyMemory<double>> Returns(int order, int count)
    {
        List<(double Distance, double[] Orbit, int Time)> returns = [];
        foreach (double[] orbit in _orbits)
        {
            int length = orbit.Length / _d;
            // The beginning of an orbit is on its way to somewhere.
            for (int t = Math.Min(50, length / 4); t + order < length; t++)
            {
                double sum = 0;
                for (int i = 0; i < _d; i++)
                {
                    double difference = orbit[((t + order) * _d) + i] - orbit[(t * _d) + i];
                    sum += difference * difference;
                }
                returns.Add((sum, orbit, t));
            }
        }
        returns.Sort((a, b) => a.Distance.CompareTo(b.Distance));
        List<ReadOnlyMemory<double>> chosen = [];
        Dictionary<double[], List<int>> taken = [];
        foreach ((_, double[] orbit, int time) in returns)
        {
            if (!taken.TryGetValue(orbit, out List<int>? times))
                taken[orbit] = times = [];
            if (times.Exists(t => Math.Abs(t - time) < order))
                continue;
            times.Add(time);
            chosen.Add(orbit.AsMemory(time * _d, _d));
            if (chosen.Count == count)
                break;
        }
        return chosen;
    }

    private double[] Run(IMap map, ReadOnlySpan<double> from, int steps)
    {
        double[] orbit = new double[steps * _d];
        from.CopyTo(orbit);
        int length = 1;
        while (length < steps && IsFinite(orbit.AsSpan((length - 1) * _d, _d)))
        {
            map.Step(orbit.AsSpan((length - 1) * _d, _d), orbit.AsSpan(length * _d, _d));
            length++;
        }
        if (!IsFinite(orbit.AsSpan((length - 1) * _d, _d)))
            length--;
        return orbit[..(length * _d)];
    }

    private static bool IsFinite(ReadOnlySpan<double> state)
    {
        foreach (double value in state)
            if (!(Math.Abs(value) < 1e100))
                return false;
        return true;
    }
}
