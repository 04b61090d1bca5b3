using System.Globalization;
using System.Text;
using Attractor.Dynamics;

namespace Attractor.Reports;

/// <summary>Fixed points along a parameter.</summary>
public static class BifurcationFigures
{
    private const int MostRows = 40;

    /// <summary>The first coordinate of every real fixed point, by its stability, and where something happens to one.</summary>
    /// <param name="sweep">What was found.</param>
    /// <param name="parameter">Name of the parameter.</param>
    /// <param name="present">Its value in the model.</param>
    public static LineFigure Diagram(FixedPointBifurcations sweep, string parameter, double present)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        (string Name, string Color, bool Stable)[] kinds = [("stable", "--third", true), ("not stable", "--faint", false)];
        return new(
            "Fixed points along the parameter", "The first coordinate; the vertical line is the value of the model.", parameter, "z1*",
            [
                .. kinds.Select(k => Points(sweep, k.Name, k.Color, k.Stable)).Where(c => c.X.Count > 0),
                .. sweep.Found.Count == 0
                    ? (IEnumerable<Curve>)[]
                    : [new("bifurcation", "--fifth", [.. sweep.Found.Select(b => b.Parameter)], [.. sweep.Found.Select(b => b.Point[0])])
                    {
                        Style = CurveStyle.Dots,
                        Size = 8,
                    }],
            ])
        {
            Mark = (present, "model"),
            Height = 360,
        };
    }

    /// <summary>The bifurcations, by the value at which they happen.</summary>
    public static TableElement Table(FixedPointBifurcations sweep, string parameter)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        return new(
            [parameter + "#", "what happens", "boundary#", "at"],
            [.. sweep.Found.Take(MostRows).Select(b => (IReadOnlyList<string>)
            [
                b.Parameter.ToString("G5", CultureInfo.InvariantCulture),
                Words(b.Kind),
                b.Boundary?.ToString(CultureInfo.InvariantCulture) ?? "",
                PointText.Of(b.Point),
            ])]);
    }

    /// <summary>A kind in words: <c>border collision</c>, <c>nonsmooth fold</c>, ...</summary>
    public static string Words(BifurcationKind kind)
    {
        StringBuilder words = new();
        foreach (char letter in kind.ToString())
            words.Append(char.IsUpper(letter) && words.Length > 0 ? " " : "").Append(char.ToLowerInvariant(letter));
        return words.ToString();
    }

    private static Curve Points(FixedPointBifurcations sweep, string name, string color, bool stable)
    {
        (double Value, double Point)[] points = [.. sweep.Branches.SelectMany(b => b.Points
            .Select((p, i) => (Value: sweep.Values[i], Found: p))
            .Where(p => p.Found is { Real: true } real && real.Stability == Stability.Stable == stable)
            .Select(p => (p.Value, p.Found!.Point[0])))];
        return new(name, color, [.. points.Select(p => p.Value)], [.. points.Select(p => p.Point)]) { Style = CurveStyle.Dots, Size = 3 };
    }
}
