namespace Attractor.Evaluation;

/// <summary>What a perfect model scores on some number of rows: one part of the data as the orbit generated for another.</summary>
/// <param name="Rows">Rows of either part.</param>
/// <param name="Divergence">D_stsp, in the form of the data; NaN where a variable stands still.</param>
/// <param name="Spectrum">D_H; NaN where values are missing.</param>
/// <param name="PredictionError">PE(n) of analogues, in squared units of the data.</param>
/// <param name="DivergenceByBins">D_stsp by the bins of a coordinate, from many to few.</param>
public sealed record FloorOfLength(
    int Rows, double Divergence, double Spectrum, double PredictionError, IReadOnlyList<(int Bins, double Divergence)> DivergenceByBins);
