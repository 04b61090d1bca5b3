using Attractor.Numerics;
using Attractor.Systems;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Dynamics;

/// <summary>
/// Fixed points and cycles of smooth maps: Newton's method on F^k(z) - z from close returns of orbits and from states around them.
/// </summary>
public static class PeriodicPoints
{
    private const int Iterations = 60, Halvings = 12;

    /// <summary>Searches all orders from 1 to the largest. Nothing proves that all cycles were found.</summary>
    /// <param name="map">Any map with a Jacobian.</param>
    /// <param name="from">D values in the basin of the attractor.</param>
    /// <param name="options">How far and how long.</param>
    /// <param name="progress">Told when an order is done.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the state not of D values.</exception>
    public static CycleSet Find(
        IMap map,
        ReadOnlySpan<double> from,
        CycleSearchOptions? options = null,
        IProgress<CycleProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        DrivenMap.RequireAutonomous(map, "fixed points and cycles");
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxOrder, nameof(options.MaxOrder));
        if (from.Length != map.Dimension)
            throw new ArgumentException($"Expected a state of {map.Dimension} values, found {from.Length}.", nameof(from));
        OrbitSample sample = new(map, from);
        CycleCollection[] found = new CycleCollection[options.MaxOrder];
        int done = 0, total = 0;
        Concurrent.For(options.MaxOrder, i =>
        {
            found[i] = Search(map, i + 1, sample, options, cancellationToken);
            progress?.Report(new(Interlocked.Increment(ref done), options.MaxOrder, Interlocked.Add(ref total, found[i].Cycles.Count)));
        }, cancellationToken);
        return new(found[0].Cycles, [.. found.Skip(1).SelectMany(f => f.Cycles)], ExhaustiveUpTo: 0, Degenerate: 0);
    }

    private static CycleCollection Search(IMap map, int order, OrbitSample sample, CycleSearchOptions options, CancellationToken token)
    {
        CycleCollection cycles = new(map, order, options.Tolerance);
        RandomStream random = new(options.Seed, "periodic points", (ulong)order);
        foreach (ReadOnlyMemory<double> start in sample.Returns(order, options.Returns))
        {
            token.ThrowIfCancellationRequested();
            double[] state = start.ToArray();
            if (Newton(map, order, state))
                cycles.Add(state);
        }
        (double[] centre, double[] reach) = sample.Extent();
        for (int idle = 0; idle < options.Starts; idle++)
        {
            token.ThrowIfCancellationRequested();
            // Within the attractor's box and as far again around it.
            double[] state = [.. centre.Select((c, i) => c + (2 * reach[i] * random.NextUniform(-1, 1)))];
            if (Newton(map, order, state) && cycles.Add(state))
                idle = -1;
        }
        return cycles;
    }

    /// <summary>Damped Newton steps; true if they arrive.</summary>
    private static bool Newton(IMap map, int order, double[] state)
    {
        int d = state.Length;
        double[] jacobian = new double[d * d], trial = new double[d], difference = new double[d];
        double residual = Difference(map, order, state, difference, jacobian);
        for (int iteration = 0; iteration < Iterations && double.IsFinite(residual); iteration++)
        {
            double size = Math.Max(1, state.Max(Math.Abs));
            if (residual <= 1e-13 * size)
                return true;
            Matrix<double> system = Matrix<double>.Build.DenseOfRowMajor(d, d, jacobian) - Matrix<double>.Build.DenseIdentity(d);
            Vector<double> step = system.Solve(Vector<double>.Build.Dense([.. difference]));
            if (!step.All(double.IsFinite))
                return false;
            double length = 1, before = residual;
            for (int halving = 0; halving < Halvings; halving++, length /= 2)
            {
                for (int i = 0; i < d; i++)
                    trial[i] = state[i] - (length * step[i]);
                residual = Difference(map, order, trial, difference, jacobian);
                if (residual < before)
                    break;
            }
            if (!(residual < before))
                return before <= 1e-10 * size;
            trial.CopyTo(state, 0);
        }
        return false;
    }

    /// <summary>F^k(z) - z and the Jacobian of F^k; returns the largest absolute difference.</summary>
    private static double Difference(IMap map, int order, double[] state, double[] difference, double[] jacobian)
    {
        int d = state.Length;
        double[] z = [.. state], product = new double[d * d], next = new double[d * d];
        for (int i = 0; i < d; i++)
            product[i * (d + 1)] = 1;
        for (int k = 0; k < order; k++)
        {
            map.StepTangent(z, z, product, next);
            (product, next) = (next, product);
        }
        product.CopyTo(jacobian, 0);
        double largest = 0;
        for (int i = 0; i < d; i++)
        {
            difference[i] = z[i] - state[i];
            largest = double.IsNaN(difference[i]) ? double.NaN : Math.Max(largest, Math.Abs(difference[i]));
        }
        return largest;
    }
}
