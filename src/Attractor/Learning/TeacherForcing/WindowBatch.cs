using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Data;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>A batch of windows as panels of lanes: for each block of lanes, (T + 1) x N x lanes values.</summary>
/// <remarks>
/// Lanes beyond the batch repeat its last window; their residuals are masked. Missing values are 0, and so is their weight.
/// </remarks>
internal sealed unsafe class WindowBatch<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[][] _trials;
    private readonly AlignedBuffer<T> _targets;
    private readonly AlignedBuffer<T>? _inputs, _weights;
    private readonly ExternalInputs<T>? _external;
    private AlignedBuffer<T>? _signalNoise;

    /// <param name="trials">Where the windows are taken from.</param>
    /// <param name="batchSize">Windows.</param>
    /// <param name="steps">T.</param>
    /// <param name="lanes">Windows of a block.</param>
    /// <param name="noisyInputs">Whether states are forced with other values than predictions are compared with.</param>
    /// <param name="hasMissing">Whether values may be missing.</param>
    /// <param name="external">The external inputs of the trials, as the model takes them; null for none.</param>
    public WindowBatch(
        IReadOnlyList<TimeSeries> trials,
        int batchSize,
        int steps,
        int lanes,
        bool noisyInputs,
        bool hasMissing = false,
        IReadOnlyList<TimeSeries>? external = null)
    {
        _trials = [.. trials.Select(t => Array.ConvertAll(t.Values.ToArray(), T.CreateTruncating))];
        (Size, Steps, Lanes, Observed) = (batchSize, steps, lanes, trials[0].Dimension);
        Blocks = (batchSize + lanes - 1) / lanes;
        _targets = new(Blocks * BlockLength);
        _inputs = noisyInputs ? new(Blocks * BlockLength) : null;
        _weights = hasMissing ? new(Blocks * BlockLength) : null;
        _external = external is null ? null : new(external, Blocks, steps, lanes);
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

    /// <summary>1 where a value of a block is there, 0 where it is missing; null where all are there.</summary>
    public T* Weights(int block) => _weights is null ? null : _weights.Pointer + (block * BlockLength);

    /// <summary>The external inputs of a block, (T + 1) x K x lanes; null where there are none.</summary>
    public T* External(int block) => _external is null ? null : _external.Block(block);

    /// <summary>Standard normal noise of a block for signals of an encoder, (T + 1) x R x lanes; null where there is none.</summary>
    public T* SignalNoise(int block) => _signalNoise is null ? null : _signalNoise.Pointer + (block * (_signalNoise.Length / Blocks));

    /// <summary>How many values the predictions from a step on are compared with.</summary>
    public double Terms(int firstCounted)
    {
        if (_weights is null)
            return (double)Size * (Steps - firstCounted) * Observed;
        double terms = 0;
        nint observation = (nint)Observed * Lanes;
        for (int block = 0; block < Blocks; block++)
            for (nint i = (firstCounted + 1) * observation; i < BlockLength; i += Lanes)
                for (int lane = 0; lane < Filled(block); lane++)
                    terms += double.CreateTruncating(Weights(block)[i + lane]);
        return terms;
    }

    /// <summary>How many of them are of one variable.</summary>
    public double TermsOf(int variable, int firstCounted)
    {
        if (_weights is null)
            return (double)Size * (Steps - firstCounted);
        double terms = 0;
        for (int block = 0; block < Blocks; block++)
            for (int t = firstCounted + 1; t <= Steps; t++)
                for (int lane = 0; lane < Filled(block); lane++)
                    terms += double.CreateTruncating(Weights(block)[(((nint)t * Observed) + variable) * Lanes + lane]);
        return terms;
    }

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
                _external?.Fill(block, lane, window);
            }
        if (_weights is not null)
            Weigh();
    }

    private void Weigh()
    {
        T* values = _targets.Pointer, weights = _weights!.Pointer;
        for (nint i = 0; i < Blocks * BlockLength; i++)
        {
            bool isMissing = T.IsNaN(values[i]);
            weights[i] = isMissing ? T.Zero : T.One;
            if (isMissing)
                values[i] = T.Zero;
        }
    }

    /// <summary>What the windows are forced with, from a row on; missing values are not numbers.</summary>
    public IReadOnlyList<TimeSeries> Windows(int firstRow)
    {
        TimeSeries[] windows = new TimeSeries[Size];
        for (int window = 0; window < Size; window++)
        {
            int block = window / Lanes, lane = window % Lanes;
            double[] values = new double[(Steps + 1 - firstRow) * Observed];
            T* source = Inputs(block) + ((nint)firstRow * Observed * Lanes) + lane;
            T* weights = _weights is null ? null : Weights(block) + ((nint)firstRow * Observed * Lanes) + lane;
            for (int i = 0; i < values.Length; i++)
                values[i] = weights is not null && weights[(nint)i * Lanes] == T.Zero
                    ? double.NaN
                    : double.CreateTruncating(source[(nint)i * Lanes]);
            windows[window] = new(values, Observed);
        }
        return windows;
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

    /// <summary>Draws standard normal noise for signals of R units.</summary>
    public void DrawSignalNoise(int units, RandomStream random)
    {
        _signalNoise ??= new((long)Blocks * (Steps + 1) * units * Lanes);
        for (nint i = 0; i < _signalNoise.Length; i++)
            _signalNoise.Pointer[i] = T.CreateTruncating(random.NextNormal());
    }

    public void Dispose()
    {
        _signalNoise?.Dispose();
        _targets.Dispose();
        _inputs?.Dispose();
        _weights?.Dispose();
        _external?.Dispose();
    }
}
