namespace Attractor.Learning;

/// <summary>A sequence in memory that does not move, as the passes over its segments read it.</summary>
/// <param name="values">Rows x N.</param>
/// <param name="inputs">Rows x K as the network takes them, or null.</param>
/// <param name="rows">T + 1.</param>
internal readonly unsafe struct SegmentedData(double* values, double* inputs, int rows)
{
    public readonly double* Values = values, Inputs = inputs;
    public readonly int Rows = rows;
}
