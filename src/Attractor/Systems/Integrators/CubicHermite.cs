namespace Attractor.Systems;

/// <summary>The cubic through the values and the derivatives at both ends of a step: its error is of order 4 in the step.</summary>
internal static class CubicHermite
{
    /// <summary>
    /// Writes the cubic at the fraction <paramref name="theta"/> of a step of length <paramref name="h"/>; at 0 and 1 these are the
    /// values of the ends to the bit. All spans are of the state's size.
    /// </summary>
    public static void Interpolate(
        Span<double> y,
        ReadOnlySpan<double> left,
        ReadOnlySpan<double> leftSlope,
        ReadOnlySpan<double> right,
        ReadOnlySpan<double> rightSlope,
        double h,
        double theta)
    {
        double rest = 1 - theta, ofRight = theta * theta * (3 - (2 * theta)), ofLeft = 1 - ofRight;
        double ofLeftSlope = h * theta * rest * rest, ofRightSlope = -h * theta * theta * rest;
        for (int i = 0; i < y.Length; i++)
            y[i] = (ofLeft * left[i]) + (ofRight * right[i]) + (ofLeftSlope * leftSlope[i]) + (ofRightSlope * rightSlope[i]);
    }
}
