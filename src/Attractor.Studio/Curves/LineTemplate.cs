using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Attractor.Studio.Curves;

/// <summary>What a line of <c>metrics.jsonl</c> is apart from its numbers.</summary>
/// <remarks>The lines of a run differ by their numbers alone: what stands between them is read as JSON once.</remarks>
internal sealed class LineTemplate
{
    // What stands before each number, and after the last.
    private readonly List<byte[]> _between = [];
    private readonly List<int> _targets = [];
    private int _end;

    /// <summary>Numbers of a line.</summary>
    public int Count => _targets.Count;

    /// <summary>What the numbers are, as they were added.</summary>
    public int TargetOf(int number) => _targets[number];

    /// <summary>Adds the next number of the line that this is the template of.</summary>
    public void Add(ReadOnlySpan<byte> line, int start, int length, int target)
    {
        _between.Add([.. line[_end..start]]);
        _targets.Add(target);
        _end = start + length;
    }

    /// <summary>Adds what comes after the last number.</summary>
    public void Close(ReadOnlySpan<byte> line) => _between.Add([.. line[_end..]]);

    /// <summary>Reads the numbers of a line that is like this; false if it is not.</summary>
    /// <param name="line">The line.</param>
    /// <param name="numbers">Filled, <see cref="Count"/> of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryRead(ReadOnlySpan<byte> line, Span<double> numbers)
    {
        for (int i = 0; i < _targets.Count; i++)
        {
            if (!line.StartsWith(_between[i]))
                return false;
            line = line[_between[i].Length..];
            if (!ShortDecimal.TryRead(line, out numbers[i], out int length) && !TryParse(line, out numbers[i], out length))
                return false;
            line = line[length..];
        }
        return line.SequenceEqual(_between[^1]);
    }

    // The parser takes words for infinity too, which are no JSON.
    private static bool TryParse(ReadOnlySpan<byte> text, out double value, out int length)
    {
        (value, length) = (0, 0);
        return text is [>= (byte)'0' and <= (byte)'9', ..] or [(byte)'-', >= (byte)'0' and <= (byte)'9', ..]
            && Utf8Parser.TryParse(text, out value, out length);
    }
}
