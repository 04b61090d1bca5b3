using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>
/// Turns panels of states into weighted samples (features and targets) of one set of statistics, or into squared errors of a fit.
/// </summary>
/// <param name="network">Whose states they are.</param>
/// <param name="taught">What each lane of the panel reads.</param>
internal sealed unsafe class StateCollector(EchoStateNetwork network, TeachingRows[] taught)
{
    private const int Lanes = RidgeStatistics.Lanes;

    private readonly double[] _features = new double[network.FeatureCount];

    /// <summary>Adds the lanes whose weight is not 0 to the statistics.</summary>
    /// <param name="states">Units x lanes.</param>
    /// <param name="rows">Of the lanes.</param>
    /// <param name="weights">Of the lanes: 0 for those that do not count.</param>
    /// <param name="statistics">Where they go.</param>
    public void Add(double* states, ReadOnlySpan<int> rows, ReadOnlySpan<double> weights, RidgeStatistics statistics)
    {
        int samples = 0;
        double weight = 0;
        for (int lane = 0; lane < taught.Length; lane++)
        {
            weight += weights[lane];
            if (weights[lane] > 0 && samples++ == 0)
                SetShift(states, rows[lane], lane, statistics);
        }
        if (samples == 0)
            return;
        double* step = statistics.Step();
        Write(states, rows, weights, step, statistics.Intercept, statistics.Shift);
        statistics.EndStep(samples, weight);
    }

    /// <summary>The weighted squared error of a fit over the lanes whose weight is not 0.</summary>
    /// <param name="states">Units x lanes.</param>
    /// <param name="rows">Of the lanes.</param>
    /// <param name="weights">Of the lanes.</param>
    /// <param name="fit">The fit.</param>
    /// <param name="panel">Working memory: F + K + 1 rows of lanes.</param>
    public double SquaredError(double* states, ReadOnlySpan<int> rows, ReadOnlySpan<double> weights, RidgeFit fit, double* panel)
    {
        bool any = false;
        foreach (double weight in weights)
            any |= weight > 0;
        if (!any)
            return 0;
        Write(states, rows, weights, panel, constant: true, default);
        int f = network.FeatureCount;
        double sum = 0;
        for (int k = 0; k < network.Outputs; k++)
        {
            Vector512<double> error = Vector512.Load(panel + ((nint)(1 + f + k) * Lanes)) - (Vector512.Load(panel) * fit.Constants[k]);
            for (int i = 0; i < f; i++)
                error -= Vector512.Load(panel + ((nint)(1 + i) * Lanes)) * fit.Weights[(k * f) + i];
            sum += Vector512.Sum(error * error);
        }
        return sum;
    }

    private void SetShift(double* states, int row, int lane, RidgeStatistics statistics)
    {
        if (!statistics.Intercept || statistics.Samples > 0)
        {
            statistics.SetShift(default, default);
            return;
        }
        double[] r = new double[network.Reservoir.Units];
        for (nint i = 0; i < r.Length; i++)
            r[i] = states[(i * Lanes) + lane];
        network.Features.Write(r, taught[lane].Input(row)[..network.Inputs], _features);
        statistics.SetShift(_features, taught[lane].Target(row));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Write(
        double* states,
        ReadOnlySpan<int> rows,
        ReadOnlySpan<double> weights,
        double* target,
        bool constant,
        ReadOnlySpan<double> shift)
    {
        double* roots = stackalloc double[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
            roots[lane] = lane < taught.Length ? Math.Sqrt(weights[lane]) : 0;
        Vector512<double> root = Vector512.Load(roots);
        if (constant)
        {
            root.Store(target);
            target += Lanes;
        }
        int units = network.Reservoir.Units, n = 0;
        for (; n < units; n++, states += Lanes, target += Lanes)
        {
            Vector512<double> value = Vector512.Load(states);
            if (network.Features.Squares && n % 2 == 0)
                value *= value;
            if (shift.Length > 0)
                value -= Vector512.Create(shift[n]);
            // Not the product alone: a lane without a sample may have left the finite numbers.
            Vector512.ConditionalSelect(Vector512.Equals(root, Vector512<double>.Zero), root, value * root).Store(target);
        }
        if (network.Features.Input)
            for (int i = 0; i < network.Inputs; i++, n++, target += Lanes)
                for (int lane = 0; lane < Lanes; lane++)
                    target[lane] = roots[lane] > 0
                        ? roots[lane] * (taught[lane].Input(rows[lane])[i] - Shift(shift, n))
                        : 0;
        if (network.Features.Constant)
        {
            (root * (1 - Shift(shift, n))).Store(target);
            target += Lanes;
            n++;
        }
        for (int k = 0; k < network.Outputs; k++, n++, target += Lanes)
            for (int lane = 0; lane < Lanes; lane++)
                target[lane] = roots[lane] > 0 ? roots[lane] * (taught[lane].Target(rows[lane])[k] - Shift(shift, n)) : 0;
    }

    private static double Shift(ReadOnlySpan<double> shift, int n) => shift.Length > 0 ? shift[n] : 0;
}
