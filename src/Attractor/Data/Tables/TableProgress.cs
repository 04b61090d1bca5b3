namespace Attractor.Data;

/// <summary>How far a file has been read.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="Bytes">Bytes of the file read.</param>
/// <param name="TotalBytes">Its size.</param>
/// <param name="RowsPerSecond">Speed since the start.</param>
public sealed record TableProgress(long Rows, long Bytes, long TotalBytes, double RowsPerSecond);
