using System.Numerics.Tensors;
using Attractor.Data;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>How fast small differences grow from row to row of data, and the forcing that this asks for.</summary>
/// <remarks>
/// Generalised teacher forcing of strength alpha multiplies a gradient over T steps by (1 - alpha)^T ||J_T ... J_1||, which does not grow
/// from alpha = 1 - 1 / n on, n the growth a step (Hess et al., ICML 2023). The Jacobians are those of a shallow PLRNN that is fitted to
/// the data by <see cref="DataDrivenStart"/>, so that the strength is one of the data, whatever is trained on them.
/// </remarks>
public static class LocalExpansion
{
    private const double LeastStrength = 0.02, MostStrength = 0.9;

    private const int Hidden = 100, MostWindows = 50;

    /// <summary>
    /// n = max over windows of ||J_T ... J_1 v||^(1/T): the growth a step of a difference in the direction v = (1, .., 1) / sqrt(N).
    /// </summary>
    /// <param name="trials">
    /// Series of the same N variables, in any units: they are standardised; windows with missing values are left out.
    /// </param>
    /// <param name="window">T, rows of a window; where all stretches are shorter the longest serves.</param>
    /// <exception cref="ArgumentException">There are no series, or no two rows in succession.</exception>
    public static double Of(IReadOnlyList<TimeSeries> trials, int window = 200)
    {
        ArgumentNullException.ThrowIfNull(trials);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(window);
        if (trials.Count == 0)
            throw new ArgumentException("There is no series to measure.", nameof(trials));
        Standardization units = Standardization.Of(trials);
        trials = [.. trials.Select(units.Apply)];
        int variables = trials[0].Dimension;
        // What inputs bring is no growth: the fit takes them out.
        TimeSeries[] inputs = [.. trials.Select(trial => trial.Inputs).OfType<TimeSeries>()];
        ShallowPlrnn network = new(variables, variables, Hidden, inputs: inputs.Length > 0 ? inputs[0].Dimension : 0)
        {
            InputUnits = inputs.Length > 0 ? Standardization.Of(inputs) : null,
        };
        new DataDrivenStart().Apply(network, trials, seed: 0);
        return Windows(trials, window).Max(rows => Growth(network, rows));
    }

    /// <summary>
    /// alpha = 1 - n^-4, within 0.02 to 0.9: what the data make grow by n a step shrinks by n^-3 under forcing, so that a network forgets
    /// its errors three times as fast as the system lets them grow.
    /// </summary>
    /// <remarks>
    /// At 1 - 1 / n errors would not grow, and not shrink: with noise, and in stretches that expand faster, that is too little.
    /// </remarks>
    /// <param name="expansion">n.</param>
    /// <returns>To three digits.</returns>
    public static double ForcingStrength(double expansion)
        => Math.Round(Math.Clamp(1 - Math.Pow(expansion, -4), LeastStrength, MostStrength), 3);

    // Evenly over all stretches without gaps that hold one; without any, the longest stretch.
    private static IEnumerable<TimeSeries> Windows(IReadOnlyList<TimeSeries> trials, int window)
    {
        (TimeSeries Trial, int Start)[] all =
        [
            .. from trial in trials
               from stretch in trial.WholeStretches()
               from i in Enumerable.Range(0, stretch.Length / window)
               select (trial, stretch.Start + (i * window))
        ];
        if (all.Length == 0)
            return [TimeSeries.LongestWhole(trials)];
        int count = Math.Min(MostWindows, all.Length);
        return Enumerable.Range(0, count).Select(i => all[(int)((long)i * all.Length / count)]).Select(w => w.Trial.Slice(w.Start, window));
    }

    private static double Growth(ShallowPlrnn network, TimeSeries rows)
    {
        int n = rows.Dimension;
        double[] jacobian = new double[n * n], vector = new double[n], next = new double[n];
        vector.AsSpan().Fill(1 / Math.Sqrt(n));
        double sum = 0;
        for (int t = 0; t < rows.Length; t++)
        {
            network.Jacobian(rows.Row(t), jacobian);
            for (int i = 0; i < n; i++)
                next[i] = TensorPrimitives.Dot<double>(jacobian.AsSpan(i * n, n), vector);
            double norm = TensorPrimitives.Norm<double>(next);
            if (norm == 0)
                return 0;
            sum += Math.Log(norm);
            TensorPrimitives.Divide(next, norm, vector);
        }
        return Math.Exp(sum / rows.Length);
    }
}
