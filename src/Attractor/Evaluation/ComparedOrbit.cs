using Attractor.Systems;

namespace Attractor.Evaluation;

/// <summary>The published protocol of which orbit is compared with a truth.</summary>
public static class ComparedOrbit
{
    /// <summary>
    /// The orbit that is compared with a truth of T rows (the protocol of Hess et al., ICML 2023): from its first complete
    /// row for 1.25 T steps, of which the first 0.25 T are dropped. A model that needs a history sets out as many rows later.
    /// </summary>
    /// <exception cref="ArgumentException">The model observes another number of variables, or no row of the truth is complete.</exception>
    public static TimeSeries Against(TimeSeries truth, IObservedMap model, CancellationToken cancellationToken = default)
    {
        ComparedRows.RequireObserved(model, truth);
        return FreeRun.After(
            model, truth, Start(truth, model), truth.Length, dropped: truth.Length / 4, cancellationToken: cancellationToken);
    }

    /// <summary>The first complete row that has the rows before it which the model needs, if the truth is as long.</summary>
    internal static int Start(TimeSeries truth, IObservedMap model)
    {
        for (int t = Math.Min(model.WarmUp, truth.Length / 2); t < truth.Length; t++)
            if (ComparedRows.IsFinite(truth.Row(t)))
                return t;
        throw new ArgumentException("The truth has no row without missing values.", nameof(truth));
    }
}
