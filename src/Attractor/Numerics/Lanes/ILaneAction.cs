using System.Numerics;

namespace Attractor.Numerics;

/// <summary>Something to be done on lanes, of whatever registers they are made; see <see cref="WidestLanes"/>.</summary>
internal interface ILaneAction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    void Invoke<S>()
        where S : unmanaged, ILanes<S, T>;
}
