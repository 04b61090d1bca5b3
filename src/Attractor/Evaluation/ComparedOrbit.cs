using Attractor.Data;
using Attractor.Systems;

namespace Attractor.Evaluation;

/// <summary>The published protocol of which orbit is compared with a truth.</summary>
public static class ComparedOrbit
{
    /// <summary>
    /// The orbit that is compared with a truth of T rows (the protocol of Hess et al., ICML 2023): from its first complete
    /// row for 1.25 T steps, of which the first 0.25 T are dropped.
    /// </summary>
    /// <exception cref="ArgumentException">The model observes another number of variables, or no row of the truth is complete.</exception>
    public static TimeSeries Against(TimeSeries truth, IObservedMap model, CancellationToken cancellationToken = default)
    {
        Rows.RequireObserved(model, truth);
        return FreeRun.From(model, FirstCompleteRow(truth), truth.Length, truth.Length / 4, truth.Dt, truth.Names, cancellationToken);
    }

    internal static ReadOnlySpan<double> FirstCompleteRow(TimeSeries truth)
    {
        for (int t = 0; t < truth.Length; t++)
            if (Rows.IsFinite(truth.Row(t)))
                return truth.Row(t);
        throw new ArgumentException("The truth has no row without missing values.", nameof(truth));
    }
}
