using System.Numerics;
using Attractor.Data;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>External inputs of recordings.</summary>
internal static class ExternalInputs
{
    /// <summary>Those of a network's recordings as it takes them; null of a network without.</summary>
    public static IReadOnlyList<TimeSeries>? Of(RecurrentModel model, IReadOnlyList<TimeSeries> trials)
        => model.Inputs == 0 ? null : [.. trials.Select(trial => model.Standardized(trial.Inputs!))];
}

/// <summary>The external inputs of a batch of windows as panels of lanes: for each block of lanes, (T + 1) x K x lanes values.</summary>
internal sealed unsafe class ExternalInputs<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[][] _trials;
    private readonly AlignedBuffer<T> _values;
    private readonly int _steps, _lanes, _count;

    /// <param name="trials">T x K each, as the network takes them.</param>
    /// <param name="blocks">Blocks of lanes.</param>
    /// <param name="steps">T of a window.</param>
    /// <param name="lanes">Windows of a block.</param>
    public ExternalInputs(IReadOnlyList<TimeSeries> trials, int blocks, int steps, int lanes)
    {
        _trials = [.. trials.Select(t => Array.ConvertAll(t.Values.ToArray(), T.CreateTruncating))];
        (_steps, _lanes, _count) = (steps, lanes, trials[0].Dimension);
        _values = new(blocks * BlockLength);
    }

    private nint BlockLength => (nint)(_steps + 1) * _count * _lanes;

    /// <summary>Those of a block.</summary>
    public T* Block(int block) => _values.Pointer + (block * BlockLength);

    /// <summary>Copies those of a window into a lane.</summary>
    public void Fill(int block, int lane, WindowStart window)
    {
        T* target = Block(block) + lane;
        nint count = (nint)(_steps + 1) * _count;
        fixed (T* source = &_trials[window.Trial][window.Row * _count])
            for (nint i = 0; i < count; i++)
                target[i * _lanes] = source[i];
    }

    public void Dispose() => _values.Dispose();
}
