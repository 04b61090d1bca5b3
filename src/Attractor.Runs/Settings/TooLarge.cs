using System.Globalization;

namespace Attractor.Runs;

/// <summary>A whole number that is none of the 32 bits that a setting has.</summary>
internal readonly record struct TooLarge(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
