using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>Windows with their contexts as panels of lanes, each block by itself.</summary>
/// <remarks>Lanes beyond the batch repeat its last window; <see cref="Mask"/> leaves them out.</remarks>
internal sealed unsafe class ZeroShotBatch<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _contexts, _inputs, _targets, _noise, _masks;
    private readonly int _n, _lanes;

    /// <param name="n">N.</param>
    /// <param name="options">Say the lengths and the number of windows.</param>
    /// <param name="lanes">Windows of a block.</param>
    public ZeroShotBatch(int n, ZeroShotTrainingOptions options, int lanes)
    {
        (_n, _lanes, Size) = (n, lanes, options.BatchSize);
        (Rows, Steps) = (options.ContextLength, options.SequenceLength);
        Blocks = (Size + lanes - 1) / lanes;
        _contexts = new((long)Blocks * Rows * n * lanes);
        _inputs = new((long)Blocks * (Steps + 1) * n * lanes);
        _targets = new(_inputs.Length);
        _noise = new((long)Blocks * Steps * n * lanes);
        _masks = new((long)Blocks * lanes);
        for (int window = 0; window < Size; window++)
            _masks.Pointer[window] = T.One;
    }

    public int Size { get; }

    public int Blocks { get; }

    /// <summary>Windows in a block: fewer than the lanes in the last one, if the batch does not fill it.</summary>
    public int Filled(int block) => Math.Min(_lanes, Size - (block * _lanes));

    /// <summary>Rows of a context.</summary>
    public int Rows { get; }

    /// <summary>T.</summary>
    public int Steps { get; }

    /// <summary>The contexts of a block, rows x N x lanes.</summary>
    public T* Context(int block) => _contexts.Pointer + ((nint)block * Rows * _n * _lanes);

    /// <summary>What its states are forced with, (T + 1) x N x lanes.</summary>
    public T* Inputs(int block) => _inputs.Pointer + ((nint)block * (Steps + 1) * _n * _lanes);

    /// <summary>What its predictions are compared with, (T + 1) x N x lanes.</summary>
    public T* Targets(int block) => _targets.Pointer + ((nint)block * (Steps + 1) * _n * _lanes);

    /// <summary>Standard normal noise of its queries, T x N x lanes.</summary>
    public T* Noise(int block) => _noise.Pointer + ((nint)block * Steps * _n * _lanes);

    /// <summary>1 in the lanes that hold a window, 0 in the others.</summary>
    public T* Mask(int block) => _masks.Pointer + ((nint)block * _lanes);

    /// <summary>Puts the windows of a block in their places.</summary>
    /// <param name="block">The block.</param>
    /// <param name="window">A window by its number, in the units of its context; it is read before the next is asked for.</param>
    public void Fill(int block, Func<int, ZeroShotExample> window)
    {
        for (int lane = 0; lane < _lanes; lane++)
        {
            ZeroShotExample example = window(Math.Min((block * _lanes) + lane, Size - 1));
            Copy(example.Context, Context(block) + lane);
            Copy(example.Inputs, Inputs(block) + lane);
            Copy(example.Targets, Targets(block) + lane);
        }
    }

    /// <summary>Draws the noise of the queries of a block.</summary>
    public void DrawNoise(int block, RandomStream random) => NormalNoise.Fill(random, new Span<T>(Noise(block), Steps * _n * _lanes));

    public void Dispose()
    {
        foreach (AlignedBuffer<T> buffer in (AlignedBuffer<T>[])[_contexts, _inputs, _targets, _noise, _masks])
            buffer.Dispose();
    }

    private void Copy(double[] values, T* target)
    {
        for (nint i = 0; i < values.Length; i++)
            target[i * _lanes] = T.CreateTruncating(values[i]);
    }
}
