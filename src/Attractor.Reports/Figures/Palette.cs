namespace Attractor.Reports;

/// <summary>Colours and symbols for groups that have no order, such as classes and components.</summary>
/// <remarks>
/// The ten colours were searched for so that the least distance of two of them in Oklab is as large as can be to normal sight, to
/// protanopes and to deuteranopes (Machado, Oliveira and Fernandes 2009), with a contrast of at least 2 to either page; the farthest from
/// those before it comes next. After ten the symbol changes.
/// </remarks>
internal static class Palette
{
    private static readonly string[] s_colors =
    [
        "#3c69b4", "#f0a500", "#96b4ff", "#c30f00", "#4b96a5", "#6987ff", "#87c3a5", "#f04b00", "#874b69", "#5a1eff"
    ];
    private static readonly string[] s_symbols = ["circle", "diamond", "square", "triangle-up"];

    /// <summary>The colour of a group.</summary>
    /// <param name="group">From 0 on.</param>
    public static string Color(int group) => s_colors[group % s_colors.Length];

    /// <summary>The symbol of a group, by the name plotly.js has for it.</summary>
    /// <inheritdoc cref="Color"/>
    public static string Symbol(int group) => s_symbols[group / s_colors.Length % s_symbols.Length];
}
