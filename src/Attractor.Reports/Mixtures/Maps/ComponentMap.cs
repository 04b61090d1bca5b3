using System.Globalization;
using System.Text.Json;

namespace Attractor.Reports;

/// <summary>
/// The rows in the plane, each in the colour of its most probable component and the fainter the less certain it is; over them the
/// components' ellipses and numbers.
/// </summary>
internal sealed record ComponentMap : MapFigure
{
    // The least certain point can still be seen.
    private const double Faintest = 0.15, Strongest = 0.85;

    private readonly MixturePositions _positions;
    private readonly IReadOnlyList<MixtureComponent> _components;

    private ComponentMap(MixturePositions positions, IReadOnlyList<MixtureComponent> components, MapPlane plane)
        : base(
            "Rows and components",
            "Each row has the colour of its most probable component, and is the fainter the less probable that is; ellipses are 1 and 2 "
            + "standard deviations of the components' Gaussians, which hold 39 % and 86 % of their rows. "
            + "A click in the legend hides a component, two clicks all others." + plane.Note
            + (plane.Coast.X.Length > 0 ? " Coastlines: Natural Earth." : ""),
            plane)
    {
        (_positions, _components) = (positions, components);
    }

    /// <summary>The map of positions in two columns or more.</summary>
    /// <param name="positions">Where the rows are.</param>
    /// <param name="components">The components, in the order of the responsibilities. What is not in use has no ellipse.</param>
    /// <param name="plane">The plane of the positions.</param>
    public static ComponentMap Of(MixturePositions positions, IReadOnlyList<MixtureComponent> components, MapPlane plane)
        => new(positions, components, plane);

    private protected override void WriteTraces(Utf8JsonWriter json)
    {
        WriteCoast(json);
        (int Component, double Probability)[] allocations = [.. Plane.Rows.Select(_positions.MostProbable)];
        ILookup<int, int> members = Enumerable.Range(0, allocations.Length).ToLookup(i => allocations[i].Component);
        for (int k = 0; k < _components.Count; k++)
            if (members.Contains(k))
                WriteRows(json, k, [.. members[k]], allocations);
        for (int k = 0; k < _components.Count; k++)
            if (_components[k].IsInUse)
                WriteEllipses(json, k);
        // Numbers last, so that nothing covers them.
        for (int k = 0; k < _components.Count; k++)
            if (_components[k].IsInUse)
                WriteNumber(json, k, named: !members.Contains(k));
    }

    private protected override void WriteLegend(Utf8JsonWriter json) => PlaneLayout.WriteLegend(json, shown: true, dots: true);

    private void WriteRows(Utf8JsonWriter json, int k, int[] rows, (int Component, double Probability)[] allocations)
    {
        StartTrace(json, Name(k), "markers", rows.Select(i => Plane.X[i]), rows.Select(i => Plane.Y[i]));
        double chance = 1.0 / _components.Count;
        json.WriteStartObject("marker");
        json.WriteString("color", Palette.Color(k));
        json.WriteString("symbol", Palette.Symbol(k));
        json.WriteNumber("size", rows.Length > 400 ? 5 : 6);
        WriteNumbers(json, "opacity", rows.Select(i => _components.Count < 2 ? Strongest
            : Math.Round(Faintest + ((Strongest - Faintest) * Math.Clamp((allocations[i].Probability - chance) / (1 - chance), 0, 1)), 2)));
        json.WriteEndObject();
        WriteNumbers(json, "customdata", rows.Select(i => Math.Round(allocations[i].Probability, 3)));
        json.WriteString("hovertemplate", "%{x:.5g}, %{y:.5g}<br>probability %{customdata:.2f}<extra>component " + Name(k) + "</extra>");
        json.WriteString("legendgroup", Name(k));
        json.WriteEndObject();
    }

    private void WriteEllipses(Utf8JsonWriter json, int k)
    {
        (double[] x1, double[] y1) = Plane.Ellipse(_components[k], 1);
        (double[] x2, double[] y2) = Plane.Ellipse(_components[k], 2);
        foreach ((double[] x, double[] y, double width) in ((double[], double[], double)[])[(x1, y1, 2.2), (x2, y2, 1.1)])
        {
            StartTrace(json, Name(k), "lines", x, y);
            WriteLine(json, Palette.Color(k), width);
            json.WriteString("hoverinfo", "skip");
            json.WriteString("legendgroup", Name(k));
            json.WriteBoolean("showlegend", false);
            json.WriteEndObject();
        }
    }

    private void WriteNumber(Utf8JsonWriter json, int k, bool named)
    {
        (double x, double y) = Plane.Centre(_components[k]);
        StartTrace(json, Name(k), "markers+text", [x], [y]);
        json.WriteString("text", Name(k));
        json.WriteStartObject("textfont");
        json.WriteNumber("size", 11);
        json.WriteEndObject();
        json.WriteStartObject("marker");
        json.WriteString("color", "--page");
        json.WriteNumber("size", 19);
        json.WriteNumber("opacity", 1);
        WriteLine(json, Palette.Color(k), 2.2);
        json.WriteEndObject();
        json.WriteString("hovertemplate", "%{x:.5g}, %{y:.5g}<br>"
            + string.Create(CultureInfo.InvariantCulture, $"weight {_components[k].Weight:G3}, {_components[k].ExpectedRows:N0} rows")
            + "<extra>component " + Name(k) + "</extra>");
        json.WriteString("legendgroup", Name(k));
        json.WriteBoolean("showlegend", named);
        json.WriteEndObject();
    }

    private static string Name(int k) => (k + 1).ToString(CultureInfo.InvariantCulture);
}
