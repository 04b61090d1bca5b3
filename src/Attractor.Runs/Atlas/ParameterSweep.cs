using Attractor.Dynamics;
using Attractor.Models;
using Attractor.Systems;

namespace Attractor.Runs;

/// <summary>The fixed points of a network along one of its parameters.</summary>
/// <param name="Name">The entry, as it was named.</param>
/// <param name="Present">The value that the network has.</param>
/// <param name="Result">What was found.</param>
internal sealed record ParameterSweep(string Name, double Present, FixedPointBifurcations Result)
{
    // Regions of the orbit to begin with, and values at which the fixed points' own are sought besides.
    private const int Visited = 64, Searched = 9;

    /// <summary>Follows the fixed points from one value to another.</summary>
    /// <param name="source">The network; its parameters are as they were afterwards.</param>
    /// <param name="regions">The regions that its orbit visits.</param>
    /// <param name="settings">The entry and its range.</param>
    /// <param name="token">Ends it before its time.</param>
    /// <exception cref="ArgumentException">There is no such entry, or the map has none.</exception>
    public static ParameterSweep Of(MapSource source, RegionAtlas regions, AtlasSettings settings, CancellationToken token)
    {
        IPiecewiseLinearMap map = (IPiecewiseLinearMap)source.Map;
        (ParameterBuffer parameters, ParameterEntry entry, double from, double to) = RangeOf(source, settings);
        double[] own = parameters[entry.Tensor.Name].ToArray();
        double present = own[entry.Index];
        double[] values = [.. Enumerable.Range(0, settings.Values).Select(i => from + ((to - from) * i / (settings.Values - 1)))];
        try
        {
            List<IReadOnlyList<ulong>> begin = [.. regions.Regions.Take(Visited).Select(r => r.Region)];
            CycleSearchOptions search = new() { MaxOrder = 1, Seed = settings.Seed };
            for (int i = 0; i < Searched; i++)
            {
                CycleSet found = CycleSearch.Find(At(from + ((to - from) * i / (Searched - 1))), search, cancellationToken: token);
                begin.AddRange(found.FixedPoints.Select(f => RegionAtlas.RegionOf(map, [.. f.Points[0]])));
            }
            return new(settings.Along!, present, FixedPointBifurcations.Along(At, values, begin, token));
        }
        finally
        {
            parameters.Set(entry.Tensor.Name, own);
        }

        IPiecewiseLinearMap At(double value)
        {
            double[] changed = [.. own];
            changed[entry.Index] = value;
            parameters.Set(entry.Tensor.Name, changed);
            return map;
        }
    }

    /// <summary>Refuses an entry or a range that cannot be, before any work.</summary>
    /// <exception cref="ArgumentException">There is no such entry, or the map has none.</exception>
    public static void Check(MapSource source, AtlasSettings settings) => RangeOf(source, settings);

    private static (ParameterBuffer Parameters, ParameterEntry Entry, double From, double To) RangeOf(
        MapSource source, AtlasSettings settings)
    {
        ParameterBuffer parameters = (source.Map is StandardizedModel inUnits ? inUnits.Model : source.Map) is RecurrentModel network
            ? network.Parameters
            : throw new ArgumentException($"{source.Name} is no recurrent network, so that it has no parameters to go along");
        ParameterEntry entry = ParameterEntry.Parse(settings.Along!, parameters);
        ReadOnlySpan<double> own = parameters[entry.Tensor.Name];
        double present = own[entry.Index], room = 0;
        foreach (double value in own)
            room = Math.Max(room, Math.Abs(value) / 2);
        double from = settings.From ?? present - room, to = settings.To ?? present + room;
        return from < to && double.IsFinite(to - from)
            ? (parameters, entry, from, to)
            : throw new ArgumentException($"{settings.Along} must go from a lower to a higher value, not from {from} to {to}");
    }
}
