namespace Attractor.Differentiation;

/// <summary>How two matrices are gone through together, row by row.</summary>
internal readonly struct Broadcasting
{
    public Broadcasting(Shape output, Shape first, Shape second)
    {
        bool oneRow = (first == output || first.Count == 1) && (second == output || second.Count == 1);
        (Count, Length) = oneRow ? (1, output.Count) : (output.Rows, output.Columns);
        FirstIsNumber = oneRow ? first.Count == 1 : first.Columns == 1;
        SecondIsNumber = oneRow ? second.Count == 1 : second.Columns == 1;
        NextRowOfFirst = first.Rows == 1 ? 0 : first.Columns;
        NextRowOfSecond = second.Rows == 1 ? 0 : second.Columns;
    }

    /// <summary>Rows, and values of each.</summary>
    public nint Count { get; }

    public nint Length { get; }

    /// <summary>Whether an operand is one number along a row.</summary>
    public bool FirstIsNumber { get; }

    public bool SecondIsNumber { get; }

    /// <summary>From one row of an operand to its next; 0 where it has but one.</summary>
    public nint NextRowOfFirst { get; }

    public nint NextRowOfSecond { get; }
}
