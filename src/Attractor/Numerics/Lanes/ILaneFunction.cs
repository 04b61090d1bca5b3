using System.Numerics;

namespace Attractor.Numerics;

/// <summary>Something to be computed on lanes, of whatever registers they are made; see <see cref="WidestLanes"/>.</summary>
internal interface ILaneFunction<T, TResult>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    TResult Invoke<S>()
        where S : unmanaged, ILanes<S, T>;
}
