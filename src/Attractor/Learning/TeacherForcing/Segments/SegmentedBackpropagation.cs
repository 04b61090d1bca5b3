using System.Collections.Concurrent;
using System.Numerics;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>Backpropagation through one long sequence whose segments are lanes, for one cut.</summary>
internal abstract unsafe class SegmentedBackpropagation<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The sum of squares over all predictions of the sequence, and its gradient.</summary>
    /// <param name="parameters">The flat parameter buffer.</param>
    /// <param name="data">The sequence.</param>
    /// <param name="gradient">As long as the parameters, overwritten.</param>
    /// <returns>The sum, and the largest relative difference between neighbouring segments where they meet.</returns>
    public abstract (double SumOfSquares, double SeamError) Run(T* parameters, in SegmentedData data, Span<double> gradient);

    public abstract void Dispose();

    /// <summary>For the widest registers that this processor has.</summary>
    public static SegmentedBackpropagation<T> Create(RecurrentModel model, TeacherForcing forcing, SegmentLayout layout, int threads)
        => WidestLanes.Invoke<T, Construction, SegmentedBackpropagation<T>>(new(model, forcing, layout, threads));

    /// <summary>What a block keeps of a step, in bytes.</summary>
    public static long BytesOfStep(RecurrentModel model) => WidestLanes.Invoke<T, Size, long>(new(model));

    private readonly struct Construction(RecurrentModel model, TeacherForcing forcing, SegmentLayout layout, int threads)
        : ILaneFunction<T, SegmentedBackpropagation<T>>
    {
        public SegmentedBackpropagation<T> Invoke<S>()
            where S : unmanaged, ILanes<S, T>
            => new SegmentedBackpropagation<S, T>(model, forcing, layout, threads);
    }

    private readonly struct Size(RecurrentModel model) : ILaneFunction<T, long>
    {
        public long Invoke<S>()
            where S : unmanaged, ILanes<S, T>
            => SegmentPass<S, T>.BytesOfStep(model);
    }
}

/// <inheritdoc/>
/// <remarks>Every block has a sum of its own and they are added in their order: the bits are those of any number of threads.</remarks>
internal sealed unsafe class SegmentedBackpropagation<S, T>(RecurrentModel model, TeacherForcing forcing, SegmentLayout layout, int threads)
    : SegmentedBackpropagation<T>, ThreadTeam.IParts
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ConcurrentBag<SegmentPass<S, T>> _idle = [];
    private readonly SegmentSeams _seams = new(layout, model.Latent);
    private readonly double[][] _gradients = [.. Enumerable.Range(0, layout.Blocks).Select(_ => new double[model.Parameters.Count])];
    private readonly double[] _sums = new double[layout.Blocks];
    private T* _parameters;
    private SegmentedData _data;

    public override (double SumOfSquares, double SeamError) Run(T* parameters, in SegmentedData data, Span<double> gradient)
    {
        _parameters = parameters;
        _data = data;
        foreach (double[] part in _gradients)
            Array.Clear(part);
        ThreadTeam.Do(this, layout.Blocks, threads);
        gradient.Clear();
        for (int block = 0; block < layout.Blocks; block++)
            for (int i = 0; i < gradient.Length; i++)
                gradient[i] += _gradients[block][i];
        return (_sums.Sum(), _seams.Largest());
    }

    public void Do(int part)
    {
        if (!_idle.TryTake(out SegmentPass<S, T>? pass))
            pass = new(model, forcing, layout);
        pass.Load(_parameters);
        _sums[part] = pass.Run(_parameters, _data, part, _gradients[part], _seams);
        _idle.Add(pass);
    }

    public override void Dispose()
    {
        while (_idle.TryTake(out SegmentPass<S, T>? pass))
            pass.Dispose();
    }
}
