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
/// <param name="Noise">Mean square of the measurement noise that is found in the data; 0 if none is.</param>
/// <param name="Values">Values that the training loss sums over: states times variables.</param>
/// <param name="Quiet">Loss and error of the document's network on a simulated recording with less noise; null with other
/// settings.</param>
/// <param name="WasDoneInNumpy">Whether a second implementation was run on these data with these settings.</param>
internal sealed record ReservoirMeasurements(
    double Loss,
    double Error,
    double Later,
    int Washout,
    double Exponent,
    IReadOnlyList<ReservoirTrial> Trials,
    int Fewest,
    double Noise,
    int Values,
    (double Loss, double Error)? Quiet,
    bool WasDoneInNumpy);
