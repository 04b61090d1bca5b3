using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Differentiation;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>State and step of a training on minibatches. The loop around it is <see cref="LearningLoop{TState, TPoint}"/>'s.</summary>
internal abstract class MinibatchTrainer(MinibatchOptions options, IMinibatchObjective objective) : IDisposable
{
    /// <summary>What the random numbers are for that shuffle the samples of an epoch.</summary>
    public const string OrderOfSamples = "order of samples";

    private readonly int _samples = objective.SampleCount;
    private int[] _order = [];
    private int _orderOf = -1;

    protected MinibatchOptions Options { get; } = options;

    /// <summary>Updates done.</summary>
    public abstract long Update { get; }

    /// <summary>Updates of an epoch.</summary>
    public long UpdatesPerEpoch { get; } = ((long)objective.SampleCount + options.BatchSize - 1) / options.BatchSize;

    /// <summary>Epochs done, whole ones.</summary>
    public int Epoch => (int)(Update / UpdatesPerEpoch);

    /// <summary>Factor on the scheduled learning rate.</summary>
    public abstract double LearningRateScale { get; set; }

    /// <summary>The rate that the next update would have.</summary>
    public double LearningRate => LearningRateScale * Options.LearningRate.At(Update, UpdatesPerEpoch * Options.Epochs);

    /// <summary>The weight of the divergence at the next update.</summary>
    public double Beta => Options.BetaAt(Update, UpdatesPerEpoch);

    /// <summary>One update; returns what was summed over its batch before it.</summary>
    public abstract BoundSums Step();

    /// <summary>The sums over all samples of another objective at the present parameters.</summary>
    public abstract BoundSums Evaluate(IMinibatchObjective objective, CancellationToken cancellationToken);

    public abstract bool ParametersAreFinite();

    /// <summary>Keeps the state in memory as the one to go back to.</summary>
    public abstract void Keep();

    /// <summary>Goes back to the state last kept.</summary>
    public abstract void Restore();

    /// <summary>The state last kept.</summary>
    public abstract TrainingState Export(int divergences);

    public abstract void Dispose();

    public static MinibatchTrainer Create(
        IMinibatchObjective objective, ParameterBuffer parameters, MinibatchOptions options, TrainingState? resume)
        => options.Precision == Precision.Float32
            ? Create<float>(objective, parameters, options, resume)
            : Create<double>(objective, parameters, options, resume);

    /// <summary>The samples of the next batch.</summary>
    protected ReadOnlySpan<int> NextBatch()
    {
        if (_orderOf != Epoch)
            (_order, _orderOf) = (objective.Order(Options.Seed, Epoch), Epoch);
        int start = (int)(Update % UpdatesPerEpoch) * Options.BatchSize;
        return _order.AsSpan(start, Math.Min(Options.BatchSize, _samples - start));
    }

    private static MinibatchTrainer Create<T>(
        IMinibatchObjective objective, ParameterBuffer parameters, MinibatchOptions options, TrainingState? resume)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => WidestLanes.Invoke<T, Construction<T>, MinibatchTrainer>(new(objective, parameters, options, resume));

    private readonly struct Construction<T>(
        IMinibatchObjective objective,
        ParameterBuffer parameters,
        MinibatchOptions options,
        TrainingState? resume) : ILaneFunction<T, MinibatchTrainer>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public MinibatchTrainer Invoke<S>()
            where S : unmanaged, ILanes<S, T>
            => new MinibatchTrainer<S, T>(objective, parameters, options, resume);
    }
}

/// <inheritdoc cref="MinibatchTrainer"/>
internal sealed unsafe class MinibatchTrainer<S, T> : MinibatchTrainer, ThreadTeam.IParts
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int BlockLength = 1 << 11;

    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    private readonly IReadOnlyList<ParameterTensor> _tensors, _fixed;
    private readonly OptimizedParameters<S, T> _parameters;
    private readonly ShardedGradient<T> _gradient;
    private readonly ParameterPart[] _parts;
    private readonly ConcurrentBag<AlignedBuffer<T>> _blocks = [];
    private readonly double[] _squares;
    private Evaluation<T>? _evaluation;
    private bool _measuring;
    private double _rate, _clip;

    public MinibatchTrainer(IMinibatchObjective objective, ParameterBuffer parameters, MinibatchOptions options, TrainingState? resume)
        : base(options, objective)
    {
        _tensors = parameters.Tensors;
        _fixed = [.. options.FixedTensors.Select(parameters.Find)];
        _parameters = new(options.Optimizer, parameters.Values, resume);
        // To clip, the whole gradient must be known before any of it is used.
        bool[]? deferred = options.GradientClip > 0 ? null : ParameterPart.Deferred(_tensors, _fixed, s_lanes);
        int batch = Math.Min(options.BatchSize, objective.SampleCount);
        _gradient = new(objective, _tensors, options.ShardCount, batch, _parameters.Padded, options.ThreadCount, deferred, options.Ranks);
        _parts = ParameterPart.All(_tensors, deferred, _parameters.Padded);
        _squares = new double[_parts.Length];
    }

    public override long Update => _parameters.Update;

    public override double LearningRateScale { get => _parameters.LearningRateScale; set => _parameters.LearningRateScale = value; }

    public override BoundSums Step()
    {
        BoundSums sums = _gradient.Compute(_parameters.Pointer, NextBatch(), new(Training: true, Epoch, (ulong)Update, Beta));
        foreach (ParameterTensor tensor in _fixed)
            for (int shard = 0; shard < _gradient.Shards; shard++)
                new Span<T>(_gradient.Gradient(shard) + tensor.Offset, tensor.Count).Clear();
        _clip = 1;
        if (Options.GradientClip > 0)
        {
            _measuring = true;
            DoAll();
            double norm = Math.Sqrt(_squares.Sum());
            _clip = norm > Options.GradientClip ? Options.GradientClip / norm : 1;
        }
        _measuring = false;
        _rate = LearningRate;
        _parameters.Update++;
        DoAll();
        // A rule may move parameters whose gradient is 0, as weight decay does.
        foreach (ParameterTensor tensor in _fixed)
            _parameters.Hold(tensor.Offset, tensor.Count);
        return sums;
    }

    public override BoundSums Evaluate(IMinibatchObjective objective, CancellationToken cancellationToken)
    {
        if (_evaluation?.Objective != objective)
        {
            _evaluation?.Dispose();
            _evaluation = new(objective, _tensors, Options.ThreadCount, Options.Ranks);
        }
        return _evaluation.Compute(_parameters.Pointer, cancellationToken);
    }

    public override bool ParametersAreFinite() => _parameters.AreFinite();

    public override void Keep() => _parameters.Keep();

    public override void Restore() => _parameters.Restore();

    public override TrainingState Export(int divergences) => _parameters.Export(divergences);

    public override void Dispose()
    {
        _evaluation?.Dispose();
        foreach (AlignedBuffer<T> block in _blocks)
            block.Dispose();
        _parameters.Dispose();
        _gradient.Dispose();
    }

    void ThreadTeam.IParts.Do(int part) => Do(part);

    private void DoAll() => ThreadTeam.Do(this, _parts.Length, Options.ThreadCount);

    // What goes into the optimiser is formed block by block, where it stays in the cache: the step is bound by memory.
    private void Do(int index)
    {
        ParameterPart part = _parts[index];
        if (part.Tensor >= 0)
        {
            MoveWeights(part);
            return;
        }
        T* block = stackalloc T[BlockLength];
        long end = part.Start + part.Count;
        double squares = 0;
        for (long start = part.Start; start < end; start += BlockLength)
        {
            long count = Math.Min(BlockLength, end - start);
            AddShards(start, count, block);
            if (_measuring)
                squares += SumOfSquares(block, count);
            else
                _parameters.Step(block, start, count, _rate);
        }
        _squares[index] = squares;
    }

    // G' X of some rows of weights, added over the shards in their order, goes into the optimiser without ever lying in memory as a whole.
    private void MoveWeights(ParameterPart part)
    {
        ParameterTensor tensor = _tensors[part.Tensor];
        AlignedBuffer<T>? block = null;
        while (block is null || block.Length < part.Count)
        {
            block?.Dispose();
            if (!_blocks.TryTake(out block))
                block = new(part.Count);
        }
        bool add = false;
        for (int shard = 0; shard < _gradient.Shards; shard++)
            foreach (DeferredProduct<T> product in _gradient.Deferred(shard))
            {
                if (product.Parameter != part.Tensor)
                    continue;
                MatrixProduct.Multiply(
                    part.Rows, tensor.Columns, product.Rows, product.Gradient + part.FirstRow, tensor.Rows, true, product.Inputs,
                    tensor.Columns, false, block.Pointer, tensor.Columns, add, null, 1);
                add = true;
            }
        if (!add)
            block.Clear();
        _parameters.Step(block.Pointer, part.Start, part.Count, _rate);
        _blocks.Add(block);
    }

    // The sum of all shards, in their order, scaled to the clip.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void AddShards(long start, long count, T* sum)
    {
        S scale = S.Broadcast(T.CreateTruncating(_clip));
        T* first = _gradient.Gradient(0) + start;
        if (_gradient.Shards == 1)
        {
            for (nint i = 0; i < count; i += s_lanes)
                (S.Load(first + i) * scale).Store(sum + i);
            return;
        }
        T* second = _gradient.Gradient(1) + start;
        for (nint i = 0; i < count; i += s_lanes)
            ((S.Load(first + i) + S.Load(second + i)) * scale).Store(sum + i);
        for (int shard = 2; shard < _gradient.Shards; shard++)
        {
            T* other = _gradient.Gradient(shard) + start;
            for (nint i = 0; i < count; i += s_lanes)
                S.MultiplyAdd(S.Load(other + i), scale, S.Load(sum + i)).Store(sum + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double SumOfSquares(T* gradient, long count)
    {
        S sum = default;
        for (nint i = 0; i < count; i += s_lanes)
        {
            S g = S.Load(gradient + i);
            sum = S.MultiplyAdd(g, g, sum);
        }
        return double.CreateTruncating(S.Sum(sum));
    }
}
