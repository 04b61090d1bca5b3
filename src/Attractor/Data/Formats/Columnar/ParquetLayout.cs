namespace Attractor.Data;

/// <summary>
/// Of which type each field of a Parquet footer and of the header of a page is, after the published description of the format. A library
/// that goes by the number of a field alone takes other bytes for what it expects, and lengths for what is none.
/// </summary>
internal static class ParquetLayout
{
    private const int Truth = 1, Byte = 3, Number = 5, Real = 7, Binary = 8, List = 9, Structure = 12;

    private static readonly int[] s_statistics = [Binary, Binary, Number, Number, Binary, Binary, Truth, Truth];

    // Fields by their path, two digits each; an element of a list has the path of the list.
    private static readonly Dictionary<long, int> s_footer = Fields(
        (0, [Number, List, Number, List, List, Binary, List, Structure, Binary]),
        (2, [Number, Number, Number, Binary, Number, Number, Number, Number, Number, Structure]),
        // Kinds of values, of which some have fields: decimals, times, instants, whole numbers.
        (210, [.. Enumerable.Repeat(Structure, 18)]),
        (21005, [Number, Number]),
        (21007, [Truth, Structure]),
        (2100702, [Structure, Structure, Structure]),
        (21008, [Truth, Structure]),
        (2100802, [Structure, Structure, Structure]),
        (21010, [Byte, Truth]),
        (21016, [Byte]),
        (21017, [Binary]),
        (21018, [Binary, Number]),
        (4, [List, Number, Number, List, Number, Number, Number]),
        (404, [Number, Truth, Truth]),
        (5, [Binary, Binary]),
        (7, [Structure]),
        (8, [Structure, Structure]),
        (801, [Binary, Binary, Truth]),
        (802, [Binary, Binary, Truth]),
        (401, [Binary, Number, Structure, Number, Number, Number, Number, Structure, Binary]),
        (40103, [Number, List, List, Number, Number, Number, Number, List, Number, Number, Number, Structure, List, Number, Number,
            Structure, Structure]),
        (4010308, [Binary, Binary]),
        (4010312, s_statistics),
        (4010313, [Number, Number, Number]),
        (4010316, [Number, List, List]),
        (4010317, [Structure, List]),
        (401031701, [.. Enumerable.Repeat(Real, 8)]),
        (40108, [Structure, Structure]),
        (4010802, [List, Binary]));

    private static readonly Dictionary<long, int> s_page = Fields(
        (0, [Number, Number, Number, Number, Structure, Structure, Structure, Structure]),
        (5, [Number, Number, Number, Number, Structure]),
        (505, s_statistics),
        (7, [Number, Number, Truth]),
        (8, [Number, Number, Number, Number, Number, Number, Truth, Structure]),
        (808, s_statistics));

    private static readonly Dictionary<long, int> s_elements = new()
    {
        [2] = Structure,
        [4] = Structure,
        [404] = Structure,
        [5] = Structure,
        [7] = Structure,
        [401] = Structure,
        [4010302] = Number,
        [4010303] = Binary,
        [4010308] = Structure,
        [4010313] = Structure,
        [401031602] = Number,
        [401031603] = Number,
        [401031702] = Number,
        [401080201] = Binary,
    };

    /// <summary>Whether a field of a footer may be of a type.</summary>
    /// <param name="path">The path of the field.</param>
    /// <param name="type">A type of the compact protocol.</param>
    /// <param name="isElement">Whether it is that of the elements of the list with that path.</param>
    public static bool FitsFooter(long path, int type, bool isElement) => Fits(isElement ? s_elements : s_footer, path, type);

    /// <summary>Whether a field of the header of a page may be of a type.</summary>
    /// <inheritdoc cref="FitsFooter"/>
    public static bool FitsPage(long path, int type, bool isElement) => isElement || Fits(s_page, path, type);

    private static bool Fits(Dictionary<long, int> types, long path, int type)
    {
        int general = type switch { 2 => Truth, 4 or 6 => Number, 10 => List, _ => type };
        return !types.TryGetValue(path, out int expected) || general == expected;
    }

    private static Dictionary<long, int> Fields(params (long Path, int[] Types)[] structures) => structures
        .SelectMany(structure => structure.Types.Select((type, i) => KeyValuePair.Create((structure.Path * 100) + i + 1, type)))
        .ToDictionary();
}
