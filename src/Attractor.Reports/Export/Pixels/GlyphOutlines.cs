using System.Buffers.Binary;
using System.Text;

namespace Attractor.Reports;

/// <summary>The outlines of a TrueType font's letters (ISO/IEC 14496-22), in units of its size, upwards.</summary>
/// <param name="font">The contents of the font's file.</param>
internal sealed class GlyphOutlines(byte[] font)
{
    // Pieces of a curve: at the sizes of a figure none is seen.
    private const int Pieces = 5;
    private const int WordArguments = 1, ArgumentsAreOffsets = 2, HasScale = 8, HasMore = 32, HasTwoScales = 64, HasMatrix = 128;

    private readonly Dictionary<string, int> _tables = Tables(font);
    private readonly Dictionary<char, (double X, double Y)[][]> _known = [];

    /// <summary>By how much a letter moves the next one on.</summary>
    public double Advance(char letter)
    {
        int metrics = Word(_tables["hhea"] + 34);
        return Word(_tables["hmtx"] + (4 * Math.Min(Glyph(letter), metrics - 1))) / UnitsPerEm;
    }

    /// <summary>The closed polygons of a letter; of one that the font lacks, those of its box for such.</summary>
    public IReadOnlyList<(double X, double Y)[]> Of(char letter)
    {
        if (!_known.TryGetValue(letter, out (double X, double Y)[][]? outline))
        {
            List<(double X, double Y)[]> contours = [];
            Read(Glyph(letter), p => (p.X / UnitsPerEm, p.Y / UnitsPerEm), contours, depth: 0);
            _known[letter] = outline = [.. contours];
        }
        return outline;
    }

    private double UnitsPerEm => Word(_tables["head"] + 18);

    private static Dictionary<string, int> Tables(byte[] font)
    {
        Dictionary<string, int> tables = new(StringComparer.Ordinal);
        for (int i = 0; i < BinaryPrimitives.ReadUInt16BigEndian(font.AsSpan(4)); i++)
        {
            ReadOnlySpan<byte> entry = font.AsSpan(12 + (16 * i), 16);
            tables[Encoding.ASCII.GetString(entry[..4])] = BinaryPrimitives.ReadInt32BigEndian(entry[8..]);
        }
        return tables;
    }

    private int Word(int at) => BinaryPrimitives.ReadUInt16BigEndian(font.AsSpan(at));

    private int Signed(int at) => BinaryPrimitives.ReadInt16BigEndian(font.AsSpan(at));

    // By segments of the character map, format 4; 0 is the glyph of what is missing.
    private int Glyph(char letter)
    {
        const int Unicode = 0, Windows = 3;
        int map = _tables["cmap"];
        for (int i = 0; i < Word(map + 2); i++)
        {
            int table = map + BinaryPrimitives.ReadInt32BigEndian(font.AsSpan(map + 8 + (8 * i)));
            if (Word(map + 4 + (8 * i)) is not (Unicode or Windows) || Word(table) != 4)
                continue;
            int length = Word(table + 6), ends = table + 14, starts = ends + length + 2;
            for (int s = 0; s < length; s += 2)
            {
                if (letter > Word(ends + s))
                    continue;
                if (letter < Word(starts + s))
                    return 0;
                int offset = starts + (2 * length) + s;
                int glyph = Word(offset) == 0 ? letter : Word(offset + Word(offset) + (2 * (letter - Word(starts + s))));
                return glyph == 0 ? 0 : (glyph + Word(starts + length + s)) & 0xFFFF;
            }
        }
        return 0;
    }

    private void Read(int glyph, Func<(double X, double Y), (double X, double Y)> place, List<(double X, double Y)[]> into, int depth)
    {
        const int DeepestPart = 8;
        int loca = _tables["loca"];
        bool isLong = Signed(_tables["head"] + 50) != 0;
        int Offset(int index)
            => isLong ? BinaryPrimitives.ReadInt32BigEndian(font.AsSpan(loca + (4 * index))) : 2 * Word(loca + (2 * index));
        if (Offset(glyph) == Offset(glyph + 1) || depth > DeepestPart)
            return;
        int at = _tables["glyf"] + Offset(glyph);
        if (Signed(at) >= 0)
            ReadContours(at, place, into);
        else
            ReadParts(at + 10, place, into, depth);
    }

    private void ReadParts(int at, Func<(double X, double Y), (double X, double Y)> place, List<(double X, double Y)[]> into, int depth)
    {
        int flags;
        do
        {
            (flags, int part) = (Word(at), Word(at + 2));
            at += 4;
            bool words = (flags & WordArguments) != 0;
            (double dx, double dy) = (flags & ArgumentsAreOffsets) == 0 ? (0, 0)
                : words ? (Signed(at), Signed(at + 2)) : ((sbyte)font[at], (sbyte)font[at + 1]);
            at += words ? 4 : 2;
            double Fraction() => Signed((at += 2) - 2) / 16384.0;
            double xx = 1, xy = 0, yx = 0, yy = 1;
            if ((flags & HasScale) != 0)
                xx = yy = Fraction();
            else if ((flags & HasTwoScales) != 0)
                (xx, yy) = (Fraction(), Fraction());
            else if ((flags & HasMatrix) != 0)
                (xx, xy, yx, yy) = (Fraction(), Fraction(), Fraction(), Fraction());
            Read(part, p => place(((xx * p.X) + (yx * p.Y) + dx, (xy * p.X) + (yy * p.Y) + dy)), into, depth + 1);
        }
        while ((flags & HasMore) != 0);
    }

    private void ReadContours(int at, Func<(double X, double Y), (double X, double Y)> place, List<(double X, double Y)[]> into)
    {
        const int OnCurve = 1, Repeats = 8;
        int contours = Signed(at), ends = at + 10;
        if (contours == 0)
            return;
        int count = Word(ends + (2 * (contours - 1))) + 1;
        at = ends + (2 * contours);
        at += 2 + Word(at);
        byte[] flags = new byte[count];
        for (int i = 0; i < count; i++)
        {
            flags[i] = font[at++];
            if ((flags[i] & Repeats) != 0)
                for (int more = font[at++]; more > 0; more--, i++)
                    flags[i + 1] = flags[i];
        }
        int[] x = Coordinates(flags, ref at, isByte: 2, isSame: 16), y = Coordinates(flags, ref at, isByte: 4, isSame: 32);
        for (int c = 0, first = 0; c < contours; c++)
        {
            int last = Word(ends + (2 * c));
            ((double X, double Y) Place, bool OnCurve)[] points =
                [.. Enumerable.Range(first, last - first + 1).Select(i => (place((x[i], y[i])), (flags[i] & OnCurve) != 0))];
            if (points.Length > 1)
                into.Add(Flatten(points));
            first = last + 1;
        }
    }

    private int[] Coordinates(byte[] flags, ref int at, int isByte, int isSame)
    {
        int[] values = new int[flags.Length];
        int value = 0;
        for (int i = 0; i < flags.Length; i++)
        {
            // A byte has its sign in the flag that else says that nothing changes.
            if ((flags[i] & isByte) != 0)
                value += (flags[i] & isSame) != 0 ? font[at++] : -font[at++];
            else if ((flags[i] & isSame) == 0)
                value += Signed((at += 2) - 2);
            values[i] = value;
        }
        return values;
    }

    // Parabolas between points on the curve; between two that are off it there is one in the middle.
    private static (double X, double Y)[] Flatten(((double X, double Y) Place, bool OnCurve)[] points)
    {
        static (double X, double Y) Middle((double X, double Y) a, (double X, double Y) b) => ((a.X + b.X) / 2, (a.Y + b.Y) / 2);
        int begin = Array.FindIndex(points, p => p.OnCurve);
        (double X, double Y) from = begin >= 0 ? points[begin].Place : Middle(points[0].Place, points[^1].Place);
        begin = Math.Max(begin, 0) + (begin >= 0 ? 1 : 0);
        List<(double X, double Y)> line = [from];
        (double X, double Y)? off = null;
        void CurveTo((double X, double Y) control, (double X, double Y) to)
        {
            for (int i = 1; i <= Pieces; i++)
            {
                double t = (double)i / Pieces, a = (1 - t) * (1 - t), b = 2 * t * (1 - t), c = t * t;
                line.Add(((a * from.X) + (b * control.X) + (c * to.X), (a * from.Y) + (b * control.Y) + (c * to.Y)));
            }
            from = to;
        }
        for (int i = 0; i < points.Length; i++)
        {
            ((double X, double Y) place, bool onCurve) = points[(begin + i) % points.Length];
            if (off is { } control)
                CurveTo(control, onCurve ? place : Middle(control, place));
            else if (onCurve)
                line.Add(from = place);
            off = onCurve ? null : place;
        }
        if (off is { } open)
            CurveTo(open, line[0]);
        return [.. line];
    }
}
