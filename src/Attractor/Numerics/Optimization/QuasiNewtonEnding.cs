namespace Attractor.Numerics;

/// <summary>How a minimisation ended.</summary>
internal enum QuasiNewtonEnding
{
    /// <summary>The next step would gain less than the tolerance.</summary>
    Converged,

    /// <summary>The steps were used up first.</summary>
    OutOfSteps,

    /// <summary>
    /// Along the direction of descent no lower point was found: the function is not smooth, or its gradient is not its own.
    /// </summary>
    NoDescent,

    /// <summary>The function fell to minus infinity, or its argument went beyond all bounds.</summary>
    Unbounded,
}
