namespace Attractor.Learning;

/// <summary>What is taken off the integrand before it multiplies the score.</summary>
internal enum Baseline
{
    None,
    LeaveOneOut,
    Optimal,
}
