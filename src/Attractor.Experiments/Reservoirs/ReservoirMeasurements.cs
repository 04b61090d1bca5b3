using Attractor.Learning;

namespace Attractor.Experiments;

/// <summary>What is measured of an echo state network.</summary>
/// <param name="Loss">The training loss, with the penalty.</param>
/// <param name="Error">One-step test error, mean square, from a state of 0.</param>
/// <param name="Later">The same after the washout.</param>
/// <param name="Washout">Its steps.</param>
/// <param name="Exponent">The largest Lyapunov exponent of the closed loop, per unit of time.</param>
/// <param name="Trials">The line search.</param>
/// <param name="Fewest">The fewest units that still do.</param>
internal sealed record ReservoirMeasurements(
    double Loss, double Error, double Later, int Washout, double Exponent, IReadOnlyList<ReservoirTrial> Trials, int Fewest);
