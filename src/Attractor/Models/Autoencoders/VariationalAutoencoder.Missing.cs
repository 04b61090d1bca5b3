using System.Numerics;
using Attractor.Probability;

namespace Attractor.Models;

// Missing values: they count in no likelihood, and the encoder sees in their place what says least.
public sealed partial class VariationalAutoencoder
{
    /// <summary>
    /// Takes the missing values out of a batch in the units of the model: 0 where it is standardised, the mean of a count, 1/2 of a binary
    /// variable.
    /// </summary>
    /// <param name="x">n x D; a missing value is a NaN.</param>
    /// <param name="present">n x D, set to 1 where there is a value and to 0 where it is missing.</param>
    /// <returns>Whether any is missing.</returns>
    internal bool TakeMissing<T>(Span<T> x, Span<T> present)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool any = false;
        for (int i = 0; i < x.Length; i++)
        {
            bool isMissing = T.IsNaN(x[i]);
            present[i] = isMissing ? T.Zero : T.One;
            if (isMissing)
                x[i] = T.CreateTruncating(InPlaceOfMissing(i % Observed));
            any |= isMissing;
        }
        return any;
    }

    /// <summary>The sum of ln scale over the values that are missing: a density has none of their units.</summary>
    internal double LogScaleOfMissing<T>(ReadOnlySpan<T> present)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Units is not { } units)
            return 0;
        double sum = 0;
        for (int i = 0; i < present.Length; i++)
            if (present[i] == T.Zero)
                sum += Math.Log(units.Scale[i % Observed]);
        return sum;
    }

    private double InPlaceOfMissing(int variable)
        => Units is not null ? 0
            : _standardization is { } counts ? counts.Mean[variable]
            : Options.Observation.Support == Domain.Binary ? 0.5
            : 0;
}
