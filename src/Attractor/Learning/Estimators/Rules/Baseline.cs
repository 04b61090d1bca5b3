namespace Attractor.Learning.Estimators.Rules;

/// <summary>What is taken off the integrand before it multiplies the score.</summary>
internal enum Baseline
{
    None,
    LeaveOneOut,
    Optimal,
}
