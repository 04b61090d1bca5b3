namespace Attractor.Learning;

/// <summary>How a sequence of T steps is cut into segments of equal length, which run beside each other.</summary>
/// <param name="Steps">T, predicted steps.</param>
/// <param name="Lanes">Segments of a block.</param>
/// <param name="Segments">How many there are; the last may end early.</param>
/// <param name="Length">Steps of a segment.</param>
/// <param name="Overlap">Steps before a segment over which its state forgets where it began, and as many after it over which its adjoint
/// does.</param>
internal readonly record struct SegmentLayout(int Steps, int Lanes, int Segments, int Length, int Overlap)
{
    // What a block keeps for its way back: part of a third cache, so that it does not travel to memory and back.
    private const long BlockBytes = 6 << 20;

    // Steps of a segment for each of its overlap: 32 make it cost a sixteenth.
    private const int LeastRatio = 32;

    public int Blocks => (Segments + Lanes - 1) / Lanes;

    /// <summary>Steps of a segment with what runs out behind it.</summary>
    public int Kept => Length + Overlap;

    /// <summary>All in one piece.</summary>
    public static SegmentLayout Whole(int steps, int lanes) => new(steps, lanes, 1, steps, 0);

    /// <summary>The cut for an overlap; in one piece where it is too short for two.</summary>
    /// <param name="steps">T.</param>
    /// <param name="lanes">Segments of a block.</param>
    /// <param name="alignment">What the length of a segment is a multiple of.</param>
    /// <param name="overlap">Before and after a segment.</param>
    /// <param name="bytes">What a block keeps of a step.</param>
    public static SegmentLayout Of(int steps, int lanes, int alignment, int overlap, long bytes)
    {
        long longest = Math.Max(Math.Max((long)LeastRatio * overlap, BlockBytes / bytes), alignment);
        long blocks = (steps + (lanes * longest) - 1) / (lanes * longest);
        long length = Math.Max((steps + (blocks * lanes) - 1) / (blocks * lanes), overlap);
        length = (length + alignment - 1) / alignment * alignment;
        long segments = (steps + length - 1) / length;
        return segments <= 1 ? Whole(steps, lanes) : new(steps, lanes, (int)segments, (int)length, overlap);
    }
}
