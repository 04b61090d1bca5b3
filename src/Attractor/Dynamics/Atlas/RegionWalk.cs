using System.Numerics;
using System.Numerics.Tensors;
using Attractor.Systems;

namespace Attractor.Dynamics;

/// <summary>An orbit and the regions that it passes through, numbered as they come.</summary>
internal sealed class RegionWalk
{
    private readonly IPiecewiseLinearMap _map;
    private readonly double[] _state, _values;
    private readonly ulong[] _region, _before;
    private readonly Dictionary<ulong[], int> _numbers = new(RegionComparer.Instance);
    private readonly List<ulong[]> _regions = [];
    private readonly List<double[]> _sums = [];
    private readonly List<int> _visits = [];
    private int[] _sequence = [];

    public RegionWalk(IPiecewiseLinearMap map, ReadOnlySpan<double> start)
    {
        _map = map;
        (_state, _values) = (start.ToArray(), new double[map.Boundaries]);
        (_region, _before) = (new ulong[RegionSequence.Words(map)], new ulong[RegionSequence.Words(map)]);
        Flips = new int[map.Boundaries];
    }

    /// <summary>How often each boundary was crossed.</summary>
    public int[] Flips { get; }

    public void Run(int transient, int steps, CancellationToken token)
    {
        _sequence = new int[steps];
        for (int t = -transient; t < steps; t++)
        {
            if ((t & 4095) == 0)
                token.ThrowIfCancellationRequested();
            if (t >= 0)
                Visit(t);
            _map.Step(_state, _state);
            if (!TensorPrimitives.IsFiniteAll<double>(_state))
                throw new ArithmeticException(
                    $"The orbit does not stay finite: step {t + transient + 1} is not, so that it has no regions.");
        }
    }

    public ulong[] Region(int number) => _regions[number];

    public int Visits(int number) => _visits[number];

    public double[] Centre(int number) => [.. _sums[number].Select(s => s / _visits[number])];

    /// <summary>The sequence with the most visited region as 0, and the number of each symbol's region.</summary>
    public (int[] Symbols, int[] Order) ByOccupancy()
    {
        int[] order = [.. Enumerable.Range(0, _regions.Count).OrderByDescending(n => _visits[n])], symbol = new int[order.Length];
        for (int s = 0; s < order.Length; s++)
            symbol[order[s]] = s;
        return ([.. _sequence.Select(n => symbol[n])], order);
    }

    private void Visit(int t)
    {
        _map.BoundaryValues(_state, _values);
        RegionSequence.RegionOf(_values, _region);
        int number = t == 0 ? NumberOf(_region) : _sequence[t - 1];
        if (t > 0 && !_region.AsSpan().SequenceEqual(_before))
        {
            for (int word = 0; word < _region.Length; word++)
                for (ulong flipped = _region[word] ^ _before[word]; flipped != 0; flipped &= flipped - 1)
                    Flips[(64 * word) + BitOperations.TrailingZeroCount(flipped)]++;
            number = NumberOf(_region);
        }
        _region.CopyTo(_before, 0);
        _sequence[t] = number;
        _visits[number]++;
        TensorPrimitives.Add<double>(_sums[number], _state, _sums[number]);
    }

    private int NumberOf(ulong[] region)
    {
        if (_numbers.TryGetValue(region, out int number))
            return number;
        number = _regions.Count;
        ulong[] own = [.. region];
        _numbers.Add(own, number);
        _regions.Add(own);
        _sums.Add(new double[_map.Dimension]);
        _visits.Add(0);
        return number;
    }
}
