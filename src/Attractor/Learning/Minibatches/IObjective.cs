using System.Numerics;

namespace Attractor.Learning;

/// <summary>What is minimised over which samples.</summary>
internal interface IObjective
{
    int SampleCount { get; }

    /// <summary>The work on parts of at most so many samples.</summary>
    IShard<T> CreateShard<T>(int mostSamples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
