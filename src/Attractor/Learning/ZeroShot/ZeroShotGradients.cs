using System.Numerics;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>The mean loss of a zero-shot model over the windows of an update, and its gradient.</summary>
/// <remarks>Blocks of windows are parts of their own, and added in their order: any number of threads gives the same bits.</remarks>
internal sealed unsafe class ZeroShotGradients<T> : ThreadTeam.IParts, IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ZeroShotTrainingOptions _options;
    private readonly ZeroShotBatch<T> _batch;
    private readonly ZeroShotSampler[] _samplers;
    private readonly RandomStream[] _noise;
    private readonly DynaMixGradient<T>[] _passes;
    private readonly AlignedBuffer<T>[] _gradients;
    private readonly double[] _losses;
    private readonly int _count;
    private T* _parameters;
    private long _update;

    /// <param name="sizes">Parameters of the sizes of the model.</param>
    /// <param name="recordings">Whole ones, each variable in units of its own standard deviation.</param>
    /// <param name="options">How it is trained.</param>
    public ZeroShotGradients(DynaMixParameters sizes, IReadOnlyList<TimeSeries> recordings, ZeroShotTrainingOptions options)
    {
        _options = options;
        _count = new DynaMixLayout(sizes).Count;
        _batch = new(sizes.Observed, options, 64 / sizeof(T));
        int blocks = _batch.Blocks;
        _samplers = [.. Enumerable.Range(0, blocks).Select(_ => new ZeroShotSampler(recordings, sizes.Observed, options))];
        _noise = [.. Enumerable.Range(0, blocks).Select(_ => new RandomStream(options.Seed, "zero-shot queries"))];
        _passes = [.. Enumerable.Range(0, blocks).Select(_ => WidestLanes.Invoke<T, Making, DynaMixGradient<T>>(new(sizes, options)))];
        _gradients = [.. Enumerable.Range(0, blocks).Select(_ => new AlignedBuffer<T>(_count))];
        _losses = new double[blocks];
    }

    /// <summary>The loss of the windows of an update, and its gradient.</summary>
    /// <param name="update">Counted from 0.</param>
    /// <param name="parameters">In the order of the layout.</param>
    /// <param name="gradient">As long as the parameters; overwritten.</param>
    public double Compute(long update, T* parameters, T* gradient)
    {
        _update = update;
        _parameters = parameters;
        ThreadTeam.Do(this, _batch.Blocks, _options.Threads ?? ThreadTeam.AllProcessors);
        new Span<T>(gradient, _count).Clear();
        double loss = 0;
        for (int block = 0; block < _batch.Blocks; block++)
        {
            loss += _losses[block];
            for (nint i = 0; i < _count; i++)
                gradient[i] += _gradients[block].Pointer[i];
        }
        return loss / _batch.Size;
    }

    void ThreadTeam.IParts.Do(int part)
    {
        _batch.Fill(part, window => _samplers[part].Draw(_update, window));
        _noise[part].Seek(((ulong)_update * (ulong)_batch.Blocks) + (ulong)part);
        _batch.DrawNoise(part, _noise[part]);
        _losses[part] = _passes[part].Compute(_parameters, _batch, part, _gradients[part].Pointer);
    }

    public void Dispose()
    {
        _batch.Dispose();
        foreach (DynaMixGradient<T> pass in _passes)
            pass.Dispose();
        foreach (AlignedBuffer<T> gradient in _gradients)
            gradient.Dispose();
    }

    private readonly struct Making(DynaMixParameters sizes, ZeroShotTrainingOptions options) : ILaneFunction<T, DynaMixGradient<T>>
    {
        public DynaMixGradient<T> Invoke<S>()
            where S : unmanaged, ILanes<S, T>
            => new DynaMixPass<S, T>(sizes, options);
    }
}
