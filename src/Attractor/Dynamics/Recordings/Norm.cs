namespace Attractor.Dynamics;

/// <summary>How the distance between two points is measured.</summary>
internal enum Norm
{
    Euclidean,

    /// <summary>The largest difference of a coordinate.</summary>
    Maximum,
}
