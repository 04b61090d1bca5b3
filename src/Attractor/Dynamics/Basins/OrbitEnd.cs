using Attractor.Systems;

namespace Attractor.Dynamics;

/// <summary>What an orbit has come to.</summary>
/// <param name="Order">Of its cycle, 0 if it is on none, -1 if it has left.</param>
/// <param name="States">The states of a round; the last one if it is on no cycle.</param>
/// <param name="Lower">The lowest value of each variable.</param>
/// <param name="Upper">The highest.</param>
/// <param name="Cells">The cells through which an orbit on no cycle goes.</param>
internal sealed record OrbitEnd(
    int Order, IReadOnlyList<double[]> States, IReadOnlyList<double> Lower, IReadOnlyList<double> Upper, IReadOnlyList<long> Cells)
{
    private const int Followed = 512, CellsInScale = 40, Rounds = 10;
    private const double Gone = 1e6;

    // How near a known cycle an orbit must have come before it is asked whether it comes nearer; and how much farther than the distance
    // after a round those after fewer steps are.
    private const double Caught = 1e-2, Away = 1e6;

    private static readonly OrbitEnd s_left = new(-1, [], [], [], []);

    /// <param name="map">The map.</param>
    /// <param name="state">The start; overwritten.</param>
    /// <param name="scales">The size of each variable.</param>
    /// <param name="options">How long.</param>
    public static OrbitEnd Of(IMap map, double[] state, IReadOnlyList<double> scales, BasinOptions options)
    {
        double[] anchor = new double[state.Length];
        double[] nearest = new double[options.Known.Count];
        Array.Fill(nearest, Caught);
        for (int done = 0; done < options.Most; done += options.Settle)
        {
            for (int t = 0; t < options.Settle; t++)
            {
                map.Step(state, state);
                if ((t & 63) == 0 && !IsNear(state, scales))
                    return s_left;
            }
            if (!IsNear(state, scales))
                return s_left;
            for (int c = 0; c < nearest.Length; c++)
            {
                double distance = options.Known[c].Points.Min(p => Distance(state, p, scales));
                if (distance < nearest[c] && nearest[c] < Caught)
                    return OnCycle(map, [.. options.Known[c].Points[0]], options.Known[c].Order);
                nearest[c] = Math.Min(distance, Caught);
            }
            if (Period(map, state, anchor, scales, options) is var order and > 0)
                return OnCycle(map, state, order);
        }
        return OnNone(map, state, scales);
    }

    /// <summary>The number of steps after which the orbit is back, having been away; 0 if it is not.</summary>
    private static int Period(IMap map, double[] state, double[] anchor, IReadOnlyList<double> scales, BasinOptions options)
    {
        state.CopyTo(anchor, 0);
        double least = double.PositiveInfinity;
        for (int k = 1; k <= options.LongestCycle; k++)
        {
            map.Step(state, state);
            double distance = Distance(state, anchor, scales);
            // On its way around a point that it spirals into it comes as near to itself after some steps, but was never away.
            if (distance < options.Tolerance && least > Away * distance && IsSettled(map, state, scales, k, options))
                return k;
            least = Math.Min(least, distance);
        }
        return 0;
    }

    /// <summary>The largest difference of a variable, beside its scale.</summary>
    public static double Distance(IReadOnlyList<double> a, IReadOnlyList<double> b, IReadOnlyList<double> scales)
    {
        double distance = 0;
        for (int i = 0; i < a.Count; i++)
            distance = Math.Max(distance, Math.Abs(a[i] - b[i]) / scales[i]);
        return distance;
    }

    // An orbit that passes a saddle comes back to itself as well, and leaves.
    private static bool IsSettled(IMap map, double[] state, IReadOnlyList<double> scales, int order, BasinOptions options)
    {
        double[] later = [.. state], before = new double[state.Length];
        double first = 0, moved = 0;
        for (int round = 0; round < Rounds; round++)
        {
            later.CopyTo(before, 0);
            for (int t = 0; t < order; t++)
                map.Step(later, later);
            moved = Distance(before, later, scales);
            if (round == 0)
                first = moved;
        }
        return moved <= Math.Max(first, options.Tolerance * options.Tolerance)
            && Distance(state, later, scales) < options.Tolerance;
    }

    private static OrbitEnd OnCycle(IMap map, double[] state, int order)
    {
        List<double[]> states = [[.. state]];
        (double[] lower, double[] upper) = ([.. state], [.. state]);
        while (states.Count < order)
        {
            map.Step(state, state);
            states.Add([.. state]);
            Widen(lower, upper, state);
        }
        return new(order, states, lower, upper, []);
    }

    private static OrbitEnd OnNone(IMap map, double[] state, IReadOnlyList<double> scales)
    {
        (double[] lower, double[] upper) = ([.. state], [.. state]);
        HashSet<long> cells = [];
        for (int t = 0; t < Followed; t++)
        {
            map.Step(state, state);
            Widen(lower, upper, state);
            long cell = 17;
            for (int i = 0; i < state.Length; i++)
                cell = unchecked((cell * 1_000_003) + (long)Math.Floor(state[i] / scales[i] * CellsInScale));
            cells.Add(cell);
        }
        return new(0, [[.. state]], lower, upper, [.. cells]);
    }

    private static void Widen(double[] lower, double[] upper, double[] state)
    {
        for (int i = 0; i < state.Length; i++)
            (lower[i], upper[i]) = (Math.Min(lower[i], state[i]), Math.Max(upper[i], state[i]));
    }

    private static bool IsNear(double[] state, IReadOnlyList<double> scales)
    {
        for (int i = 0; i < state.Length; i++)
            if (!(Math.Abs(state[i]) < Gone * scales[i]))
                return false;
        return true;
    }
}
