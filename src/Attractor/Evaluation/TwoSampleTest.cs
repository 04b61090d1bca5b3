namespace Attractor.Evaluation;

/// <summary>Whether two samples can be of one distribution.</summary>
/// <param name="Statistic">How far they are apart: 0 where they agree in everything that the test looks at.</param>
/// <param name="PValue">The probability of a statistic at least as large if they are of one distribution. A small one speaks against that;
/// a large one proves nothing.</param>
public sealed record TwoSampleTest(double Statistic, double PValue);
