using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Data;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>A batch of windows as panels of lanes: for each block of lanes, (T + 1) x N x lanes values.</summary>
/// <remarks>Lanes beyond the batch repeat its last window; their residuals are masked.</remarks>
internal sealed unsafe class WindowBatch<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[][] _trials;
    private readonly AlignedBuffer<T> _targets;
    private readonly AlignedBuffer<T>? _inputs;

    public WindowBatch(IReadOnlyList<TimeSeries> trials, int batchSize, int steps, int lanes, bool noisyInputs)
    {
        _trials = [.. trials.Select(t => Array.ConvertAll(t.Values.ToArray(), T.CreateTruncating))];
        (Size, Steps, Lanes, Observed) = (batchSize, steps, lanes, trials[0].Dimension);
        Blocks = (batchSize + lanes - 1) / lanes;
        _targets = new(Blocks * BlockLength);
        _inputs = noisyInputs ? new(Blocks * BlockLength) : null;
    }

    public int Size { get; }

    public int Steps { get; }

    public int Lanes { get; }

    public int Observed { get; }

    public int Blocks { get; }

    /// <summary>Values of a block: (T + 1) * N * lanes.</summary>
    public nint BlockLength => (nint)(Steps + 1) * Observed * Lanes;

    /// <summary>Windows in a block: fewer than the lanes in the last one, if the batch does not fill it.</summary>
    public int Filled(int block) => Math.Min(Lanes, Size - (block * Lanes));

    /// <summary>The data of a block, which the predictions are compared with.</summary>
    public T* Targets(int block) => _targets.Pointer + (block * BlockLength);

    /// <summary>What a block is forced with: the data, with noise if there is any.</summary>
    public T* Inputs(int block) => (_inputs ?? _targets).Pointer + (block * BlockLength);

    /// <summary>Copies the windows in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(ReadOnlySpan<WindowStart> windows)
    {
        for (int block = 0; block < Blocks; block++)
            for (int lane = 0; lane < Lanes; lane++)
            {
                WindowStart window = windows[Math.Min((block * Lanes) + lane, Size - 1)];
                T* target = Targets(block) + lane;
                nint count = (nint)(Steps + 1) * Observed;
                fixed (T* source = &_trials[window.Trial][window.Row * Observed])
                    for (nint i = 0; i < count; i++)
                        target[i * Lanes] = source[i];
            }
    }

    /// <summary>Sets the inputs to the data plus Gaussian noise.</summary>
    public void AddInputNoise(double level, RandomStream random)
    {
        for (int block = 0; block < Blocks; block++)
        {
            T* target = Targets(block), input = Inputs(block);
            for (nint i = 0; i < BlockLength; i++)
                input[i] = target[i] + T.CreateTruncating(level * random.NextNormal());
        }
    }

    public void Dispose()
    {
        _targets.Dispose();
        _inputs?.Dispose();
    }
}
