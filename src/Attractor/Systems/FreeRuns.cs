using Attractor.Numerics;

namespace Attractor.Systems;

/// <summary>Several free runs of one map, side by side where it steps several states in less time than one after the other.</summary>
internal static class FreeRuns
{
    private const int AtOnce = 16;

    /// <summary>The orbits of <see cref="FreeRun"/> from some starts, in their order, made as they are asked for.</summary>
    /// <param name="starts">Of one model.</param>
    /// <param name="rows">Rows of each.</param>
    /// <param name="dropped">Rows to run through and leave out beforehand.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    public static IEnumerable<TimeSeries> Of(
        IEnumerable<RunStart> starts, int rows, int dropped, CancellationToken cancellationToken = default)
    {
        foreach (RunStart[] some in starts.Chunk(AtOnce))
        {
            IEnumerable<TimeSeries> orbits = some.All(start => start.Model == some[0].Model && GoesSideBySide(start.Model))
                ? SideBySide(some, rows, dropped, cancellationToken)
                : some.Select(start => FreeRun.Of(start, rows, dropped, cancellationToken));
            foreach (TimeSeries orbit in orbits)
                yield return orbit;
        }
    }

    /// <summary>
    /// Whether the states of several runs may be stepped together: not where each is along inputs of its own or forced by what it has
    /// observed.
    /// </summary>
    public static bool GoesSideBySide(IObservedMap model)
        => model is not (DrivenMap or IDrivenMap { Inputs: > 0 }) && model.WarmUp == 0;

    private static TimeSeries[] SideBySide(RunStart[] starts, int rows, int dropped, CancellationToken cancellationToken)
    {
        IObservedMap model = starts[0].Model;
        (int n, int d) = (model.Observed, model.Dimension);
        double[][] values = [.. starts.Select(_ => new double[rows * n])];
        double[] states = [.. starts.SelectMany(start => start.State)];
        bool[] hasEnded = new bool[starts.Length];
        for (long t = 0; t < (long)dropped + rows; t++)
        {
            if (t == 1)
                for (int i = 0; i < starts.Length; i++)
                    model.ForcedStep(StateOf(i), starts[i].Observation, StateOf(i));
            else if (t > 1)
                model.StepEach(states, states);
            if (!VectorOperations.AreFinite(states))
                EndThoseThatAreNotFinite(t);
            if (t >= dropped)
                for (int i = 0; i < starts.Length; i++)
                    if (!hasEnded[i])
                        Observe(i, values[i].AsSpan((int)(t - dropped) * n, n), t == 0);
            if (t % 4096 == 0)
                cancellationToken.ThrowIfCancellationRequested();
        }
        return [.. values.Select(v => new TimeSeries(v, n))];

        Span<double> StateOf(int i) => states.AsSpan(i * d, d);

        void Observe(int i, Span<double> row, bool given)
        {
            if (given)
                starts[i].Observation.CopyTo(row);
            else
                model.Observe(StateOf(i), row);
        }

        void EndThoseThatAreNotFinite(long t)
        {
            for (int i = 0; i < starts.Length; i++)
            {
                if (VectorOperations.AreFinite(StateOf(i)))
                    continue;
                StateOf(i).Clear();
                if (!hasEnded[i])
                    values[i].AsSpan((int)Math.Max(0, t - dropped) * n).Fill(double.NaN);
                hasEnded[i] = true;
            }
        }
    }
}
