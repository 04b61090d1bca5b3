namespace Attractor.Learning;

/// <summary>A part of the parameters that one thread moves at a time.</summary>
/// <param name="Tensor">The index of the weights whose gradient is formed on the spot; -1 for parameters whose gradient is there.</param>
/// <param name="Start">Where the part begins in the flat buffer.</param>
/// <param name="Count">Its length.</param>
/// <param name="FirstRow">Of weights, the first row of the part.</param>
/// <param name="Rows">Of weights, its rows.</param>
internal readonly record struct ParameterPart(int Tensor, long Start, long Count, int FirstRow, int Rows)
{
    // Parameters of a part, rows of a block of weights, and the least size of weights for which it pays.
    private const long Length = 1 << 15;

    private const int BlockRows = 64, LeastDeferred = 1 << 15;

    /// <summary>
    /// Which gradients are formed only when they are needed: those of large weights of affine layers that lie on whole blocks of lanes.
    /// </summary>
    public static bool[] Deferred(
        IReadOnlyList<Models.ParameterTensor> tensors, IReadOnlyList<Models.ParameterTensor> fixedTensors, int lanes)
        => [.. tensors.Select(
            t => t.IsAffine && t.Count >= LeastDeferred && t.Offset % lanes == 0 && t.Count % lanes == 0 && !fixedTensors.Contains(t))];

    /// <summary>All parts: blocks of rows of those weights, and pieces of what lies between them.</summary>
    public static ParameterPart[] All(IReadOnlyList<Models.ParameterTensor> tensors, bool[]? deferred, long padded)
    {
        List<ParameterPart> parts = [];
        long from = 0;
        for (int i = 0; i < tensors.Count; i++)
        {
            if (deferred is null || !deferred[i])
                continue;
            AddPieces(parts, from, tensors[i].Offset);
            for (int row = 0; row < tensors[i].Rows; row += BlockRows)
            {
                int rows = Math.Min(BlockRows, tensors[i].Rows - row);
                parts.Add(new(i, tensors[i].Offset + ((long)row * tensors[i].Columns), (long)rows * tensors[i].Columns, row, rows));
            }
            from = tensors[i].Offset + tensors[i].Count;
        }
        AddPieces(parts, from, padded);
        return [.. parts];
    }

    private static void AddPieces(List<ParameterPart> parts, long from, long to)
    {
        for (long start = from; start < to; start += Length)
            parts.Add(new(-1, start, Math.Min(Length, to - start), 0, 0));
    }
}
