using System.Text.Json;

namespace Attractor.Reports;

/// <summary>
/// The coastlines of the world at 1:110,000,000: Natural Earth's, which are in the public domain, as the package world-atlas has them.
/// </summary>
/// <remarks>
/// The file is TopoJSON: arcs of integer steps on a grid, which a scale and an offset take to degrees.
/// </remarks>
internal static class Coastlines
{
    private const double Turn = 360;

    // A step this long is the edge of the map, not a coast.
    private const double Edge = 90;

    private static readonly Lazy<List<(double Longitude, double Latitude)[]>> s_arcs = new(Read);

    /// <summary>The lines within a rectangle, with a gap between one and the next; longitudes as the rectangle counts them.</summary>
    /// <param name="west">Its least longitude.</param>
    /// <param name="east">Its largest longitude, perhaps beyond 180 degrees.</param>
    /// <param name="south">Its least latitude.</param>
    /// <param name="north">Its largest latitude.</param>
    public static (double[] X, double[] Y) Within(double west, double east, double south, double north)
    {
        List<double> x = [], y = [];
        foreach ((double Longitude, double Latitude)[] arc in s_arcs.Value)
            for (double turns = -Turn; turns <= Turn; turns += Turn)
                Add(arc, turns);
        return ([.. x], [.. y]);

        void Add((double Longitude, double Latitude)[] arc, double turns)
        {
            bool drawing = false;
            double last = double.NaN;
            foreach ((double longitude, double latitude) in arc)
            {
                double place = longitude + turns;
                bool inside = place >= west && place <= east && latitude >= south && latitude <= north;
                if (drawing && (!inside || Math.Abs(place - last) > Edge))
                {
                    x.Add(double.NaN);
                    y.Add(double.NaN);
                    drawing = false;
                }
                if (inside)
                {
                    x.Add(place);
                    y.Add(latitude);
                    drawing = true;
                }
                last = place;
            }
            if (drawing)
            {
                x.Add(double.NaN);
                y.Add(double.NaN);
            }
        }
    }

    private static List<(double, double)[]> Read()
    {
        using Stream file = typeof(Coastlines).Assembly.GetManifestResourceStream("land.json")
            ?? throw new InvalidOperationException("The resource land.json is not in the assembly.");
        using JsonDocument topology = JsonDocument.Parse(file);
        JsonElement transform = topology.RootElement.GetProperty("transform");
        double[] scale = Pair(transform.GetProperty("scale")), offset = Pair(transform.GetProperty("translate"));
        List<(double, double)[]> arcs = [];
        foreach (JsonElement arc in topology.RootElement.GetProperty("arcs").EnumerateArray())
        {
            double x = 0, y = 0;
            List<(double, double)> points = [];
            foreach (JsonElement step in arc.EnumerateArray())
            {
                double[] d = Pair(step);
                (x, y) = (x + d[0], y + d[1]);
                points.Add(((x * scale[0]) + offset[0], (y * scale[1]) + offset[1]));
            }
            arcs.Add([.. points]);
        }
        return arcs;
    }

    private static double[] Pair(JsonElement pair) => [pair[0].GetDouble(), pair[1].GetDouble()];
}
