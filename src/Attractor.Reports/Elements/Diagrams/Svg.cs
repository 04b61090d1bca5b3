using System.Globalization;
using System.Text;

namespace Attractor.Reports;

/// <summary>Numbers as the attributes of an SVG have them.</summary>
internal static class Svg
{
    public static string Join(params ReadOnlySpan<double> values)
    {
        StringBuilder text = new();
        foreach (double value in values)
            text.Append(text.Length == 0 ? "" : " ").Append(Pixels(value));
        return text.ToString();
    }

    public static string Pixels(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
