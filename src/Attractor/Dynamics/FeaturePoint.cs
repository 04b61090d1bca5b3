namespace Attractor.Dynamics;

/// <summary>A point of a line in the space of the features of a hierarchical model.</summary>
/// <param name="Features">d features.</param>
/// <param name="Exponent">The largest Lyapunov exponent of the network there, per step; NaN where its orbit leaves every bound.</param>
public sealed record FeaturePoint(IReadOnlyList<double> Features, double Exponent);
