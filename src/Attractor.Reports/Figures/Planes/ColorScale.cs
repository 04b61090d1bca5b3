using System.Globalization;

namespace Attractor.Reports;

/// <summary>
/// Colours in order, from dark to light, evenly spaced to the eye and told apart by those who see fewer: viridis (Smith and van der Walt
/// 2015), by some of its colours.
/// </summary>
internal static class ColorScale
{
    private static readonly (int R, int G, int B)[] s_colors =
    [
        (0x44, 0x01, 0x54), (0x47, 0x2d, 0x7b), (0x3b, 0x52, 0x8b), (0x2c, 0x72, 0x8e), (0x21, 0x91, 0x8c), (0x28, 0xae, 0x80),
        (0x5e, 0xc9, 0x62), (0xad, 0xdc, 0x30), (0xfd, 0xe7, 0x25),
    ];

    /// <summary>The colour of a part.</summary>
    /// <param name="part">0 to 1.</param>
    public static string Of(double part)
    {
        double at = Math.Clamp(part, 0, 1) * (s_colors.Length - 1);
        int below = Math.Min((int)at, s_colors.Length - 2);
        double rest = at - below;
        (int r, int g, int b) = s_colors[below];
        (int r1, int g1, int b1) = s_colors[below + 1];
        return string.Create(CultureInfo.InvariantCulture, $"#{Mixed(r, r1, rest):x2}{Mixed(g, g1, rest):x2}{Mixed(b, b1, rest):x2}");
    }

    private static int Mixed(int from, int to, double part) => (int)Math.Round(from + (part * (to - from)));
}
