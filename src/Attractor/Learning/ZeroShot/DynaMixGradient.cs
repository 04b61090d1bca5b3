using System.Numerics;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>The loss of a zero-shot model over the windows of one block, and its gradient: forward, then back through all steps.</summary>
/// <remarks>The equations are those of <see cref="DynaMixModel"/>; a lane is a window.</remarks>
internal abstract unsafe class DynaMixGradient<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The sum of the losses of the windows of a block, and its gradient divided by the number of all windows.</summary>
    /// <param name="parameters">In the order of the layout.</param>
    /// <param name="batch">The windows.</param>
    /// <param name="block">Which of its blocks.</param>
    /// <param name="gradient">As long as the parameters; overwritten.</param>
    public abstract double Compute(T* parameters, ZeroShotBatch<T> batch, int block, T* gradient);

    public abstract void Dispose();
}
