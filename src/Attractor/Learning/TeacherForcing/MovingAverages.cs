using System.Numerics.Tensors;

namespace Attractor.Learning;

/// <summary>
/// Data seen as states of a network: the observed variables, and moving averages of them in the place of the other units.
/// </summary>
internal sealed class MovingAverages
{
    private readonly IReadOnlyList<TimeSeries> _trials;
    private readonly int _observed, _latent;
    private readonly double[] _decay;

    public MovingAverages(int observed, int latent, double shortest, double longest, IReadOnlyList<TimeSeries> trials)
    {
        (_trials, _observed, _latent) = (trials, observed, latent);
        _decay = new double[latent - observed];
        // Each round over the variables has one memory.
        int rounds = (_decay.Length + observed - 1) / observed;
        double step = rounds > 1 ? Math.Pow(Math.Max(1, longest / shortest), 1.0 / (rounds - 1)) : 1;
        for (int i = 0; i < _decay.Length; i++)
            _decay[i] = Math.Exp(-1 / (rounds > 1 ? shortest * Math.Pow(step, i / observed) : Math.Sqrt(shortest * Math.Max(1, longest))));
    }

    /// <summary>a of every unit.</summary>
    public double[] Decays(double observed) => [.. Enumerable.Repeat(observed, _observed), .. _decay];

    /// <summary>
    /// States and those that follow them, R x M each: at most so many, spread over the data; and the external inputs that arrive with what
    /// follows, R x K.
    /// </summary>
    /// <param name="most">Rows at most.</param>
    /// <param name="external">The inputs of each trial; null for none.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public (double[] States, double[] Next, double[] External) Pairs(int most, IReadOnlyList<TimeSeries>? external = null)
    {
        long pairs = _trials.Sum(trial => (long)Math.Max(0, trial.Length - 1));
        long stride = Math.Max(1, pairs / most);
        List<double> states = [], next = [], arriving = [];
        double[] state = new double[_latent], following = new double[_latent];
        long pair = 0;
        for (int i = 0; i < _trials.Count; i++)
        {
            TimeSeries trial = _trials[i];
            bool begun = false;
            for (int t = 0; t + 1 < trial.Length; t++, pair++)
            {
                if (!begun && !(begun = Begin(trial.Row(t), state)))
                    continue;
                begun = Follow(state, trial.Row(t), trial.Row(t + 1), following);
                if (begun && pair % stride == 0)
                {
                    states.AddRange(state);
                    next.AddRange(following);
                    if (external is not null)
                        arriving.AddRange(external[i].Row(t + 1));
                }
                (state, following) = (following, state);
            }
        }
        return states.Count > 0
            ? ([.. states], [.. next], [.. arriving])
            : throw new ArgumentException("The data have no two complete rows in succession.");
    }

    private bool Begin(ReadOnlySpan<double> row, Span<double> state)
    {
        row.CopyTo(state);
        for (int i = 0; i < _decay.Length; i++)
            state[_observed + i] = row[i % _observed];
        return TensorPrimitives.IsFiniteAll(row);
    }

    private bool Follow(ReadOnlySpan<double> state, ReadOnlySpan<double> row, ReadOnlySpan<double> nextRow, Span<double> next)
    {
        nextRow.CopyTo(next);
        for (int i = 0; i < _decay.Length; i++)
            next[_observed + i] = (_decay[i] * state[_observed + i]) + ((1 - _decay[i]) * row[i % _observed]);
        return TensorPrimitives.IsFiniteAll(nextRow);
    }
}
