using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Attractor.Experiments;

/// <summary>
/// The published recording of Lorenz-63 with 5 % noise that stands in for the document's own, and what a second implementation of the
/// document's network, in NumPy, finds on its first 20,000 rows.
/// </summary>
internal static class StandInRecording
{
    public const double Loss = 71.0180505434, Error = 0.00287639325;

    private const string Digest = "66164BC337DEAF0BB387FF15073AB333F2A0C6DF65ED2AA44470E3ADDF4537E0";

    /// <summary>Whether these are those rows, to the bit.</summary>
    public static bool Is(TimeSeries rows)
        => BitConverter.IsLittleEndian && Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(rows.Values))) == Digest;
}
