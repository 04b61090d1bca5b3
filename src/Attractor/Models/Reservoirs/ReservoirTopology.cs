namespace Attractor.Models;

/// <summary>Which units of a reservoir are connected.</summary>
public enum ReservoirTopology
{
    /// <summary>Each unit receives from as many random ones as the connectivity says.</summary>
    Random,

    /// <summary>
    /// Each unit receives from the one before it, the first from the last, all with the same weight: the simple cycle reservoir (Rodan and
    /// Tino, IEEE Trans. Neural Netw. 22, 2011).
    /// </summary>
    Ring,
}
