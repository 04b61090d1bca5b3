namespace Attractor.Evaluation;

/// <summary>What a model scores that has learnt nothing.</summary>
/// <param name="Key">Its word: <c>surrogate</c>, <c>noise</c>, <c>mean</c>, <c>persistence</c>, <c>parroting</c>.</param>
/// <param name="Name">What it is.</param>
/// <param name="Divergence">D_stsp, in nats.</param>
/// <param name="Spectrum">D_H.</param>
/// <param name="PredictionError">PE(n); NaN of what makes no forecasts.</param>
public sealed record BaselineScores(string Key, string Name, double Divergence, double Spectrum, double PredictionError);
