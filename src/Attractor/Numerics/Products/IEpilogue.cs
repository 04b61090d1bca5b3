using System.Numerics;

namespace Attractor.Numerics;

/// <summary>What becomes of each row of a product while it is still in a register: bias, nonlinearity, mask.</summary>
internal interface IEpilogue<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What the sum for the row starts from.</summary>
    S Start(nint row);

    /// <summary>Takes the finished row.</summary>
    void Finish(nint row, S value);
}
