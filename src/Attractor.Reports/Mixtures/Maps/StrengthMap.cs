using System.Globalization;
using System.Text.Json;

namespace Attractor.Reports;

/// <summary>The components in the plane as discs, as large as the rates of a count are.</summary>
internal sealed record StrengthMap : MapFigure
{
    private const double LargestDisc = 62, NearX = 0.08, NearY = 0.08;

    private readonly IReadOnlyList<MixtureComponent> _components;
    private readonly IReadOnlyList<Estimate> _rates;

    private StrengthMap(IReadOnlyList<MixtureComponent> components, IReadOnlyList<Estimate> rates, string column, MapPlane plane)
        : base(
            $"Strengths: {column}",
            $"A disc at the centre of each component; its area is proportional to the posterior mean of the component's rate of {column}, "
            + $"which stands above it where there is room. Rows are grey."
                + plane.Note,
            plane)
    {
        (_components, _rates) = (components, rates);
    }

    /// <summary>The map of the strengths.</summary>
    /// <param name="components">The components; what is not in use has no disc.</param>
    /// <param name="column">The count.</param>
    /// <param name="plane">The plane of the positions.</param>
    public static StrengthMap Of(IReadOnlyList<MixtureComponent> components, CountColumn column, MapPlane plane)
        => new(components, column.Rates, column.Name, plane);

    private protected override void WriteTraces(Utf8JsonWriter json)
    {
        WriteCoast(json);
        StartTrace(json, "rows", "markers", Plane.X, Plane.Y);
        json.WriteStartObject("marker");
        json.WriteString("color", "--faint");
        json.WriteNumber("size", 3);
        json.WriteNumber("opacity", 0.28);
        json.WriteEndObject();
        json.WriteString("hoverinfo", "skip");
        json.WriteEndObject();
        // The largest first, so that no disc hides under another.
        int[] order = [.. Enumerable.Range(0, _components.Count).Where(k => _components[k].IsInUse).OrderByDescending(k => _rates[k].Mean)];
        if (order.Length > 0)
            WriteDiscs(json, order);
    }

    private protected override void WriteLegend(Utf8JsonWriter json) => PlaneLayout.WriteLegend(json, shown: false);

    // Of discs so near to each other that their labels would overlap, the largest has one.
    private HashSet<int> Labelled(int[] order)
    {
        double width = Range(Plane.X), height = Range(Plane.Y);
        HashSet<int> labelled = [];
        foreach (int k in order)
        {
            (double x, double y) = Plane.Centre(_components[k]);
            if (labelled.All(j => Math.Abs(Plane.Centre(_components[j]).X - x) > NearX * width
                || Math.Abs(Plane.Centre(_components[j]).Y - y) > NearY * height))
                labelled.Add(k);
        }
        return labelled;
    }

    private static double Range(double[] values) => values.Length == 0 ? 0 : values.Max() - values.Min();

    private void WriteDiscs(Utf8JsonWriter json, int[] order)
    {
        double largest = Math.Max(_rates[order[0]].Mean, double.Epsilon);
        StartTrace(
            json,
            "components",
            "markers+text",
            order.Select(k => Plane.Centre(_components[k]).X),
            order.Select(k => Plane.Centre(_components[k]).Y));
        json.WriteStartObject("marker");
        WriteStrings(json, "color", order.Select(Palette.Color));
        WriteNumbers(json, "size", order.Select(k => LargestDisc * Math.Sqrt(_rates[k].Mean / largest)));
        json.WriteNumber("opacity", 0.62);
        WriteLine(json, "--page", 1);
        json.WriteEndObject();
        HashSet<int> labelled = Labelled(order);
        WriteStrings(json, "text", order.Select(
            k => labelled.Contains(k) ? string.Create(CultureInfo.InvariantCulture, $"<b>{k + 1}</b>: {_rates[k].Mean:G3}") : ""));
        json.WriteString("textposition", "top center");
        json.WriteStartObject("textfont");
        json.WriteNumber("size", 12);
        json.WriteString("color", "--text");
        json.WriteEndObject();
        WriteStrings(json, "hovertext", order.Select(k => string.Create(
            CultureInfo.InvariantCulture,
            $"component {k + 1}<br>rate {_rates[k].Mean:G4} ± {_rates[k].Deviation:G2}<br>between {_rates[k].Low:G4} and "
            + $"{_rates[k].High:G4}")));
        json.WriteString("hoverinfo", "text");
        json.WriteBoolean("cliponaxis", false);
        json.WriteEndObject();
    }
}
