using System.Numerics;
using Attractor.Differentiation;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>
/// The gradient of a minibatch, cut into a fixed number of shards which each have a tape and a gradient of their own: any number of threads
/// gives the same bits.
/// </summary>
internal sealed unsafe class ShardedGradient<T> : ThreadTeam.IParts, IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IMinibatchShard<T>[] _shards;
    private readonly Tape<T>[] _tapes;
    private readonly TapeParameters<T>[] _parameters;
    private readonly AlignedBuffer<T>[] _gradients;
    private readonly BoundSums[] _sums;
    private readonly int[] _samples;
    private readonly int _threads;
    private readonly bool[]? _deferred;
    private readonly SharedGradient<T>? _shared;
    private readonly int _first, _end;
    private T* _values;
    private int _count;
    private BatchPlace _place;

    /// <param name="objective">What is minimised.</param>
    /// <param name="tensors">The tensors of the model.</param>
    /// <param name="shards">Their number.</param>
    /// <param name="batchSize">The most samples of a batch.</param>
    /// <param name="padded">The length of a gradient.</param>
    /// <param name="threads">Or <see cref="ThreadTeam.AllProcessors"/>.</param>
    /// <param name="deferred">By tensor, whether its gradient is left to <see cref="Deferred"/>; null for none.</param>
    /// <param name="ranks">Others who do some of the shards; null for none.</param>
    public ShardedGradient(
        IMinibatchObjective objective,
        IReadOnlyList<ParameterTensor> tensors,
        int shards,
        int batchSize,
        long padded,
        int threads,
        bool[]? deferred,
        Communicator? ranks)
    {
        (_threads, _deferred) = (threads, deferred);
        (_first, _end) = ranks?.Share(shards) ?? (0, shards);
        _samples = new int[batchSize];
        int most = (batchSize + shards - 1) / shards;
        _shards = [.. Enumerable.Range(0, shards).Select(_ => objective.CreateShard<T>(most))];
        // One thread each: the work is split over the samples, not within a product. A single shard has all threads for its products.
        _tapes = [.. _shards.Select(_ => new Tape<T>(shards > 1 ? 1 : threads == ThreadTeam.AllProcessors ? null : threads))];
        _parameters = [.. _tapes.Select(t => new TapeParameters<T>(t, tensors))];
        _gradients = [.. _shards.Select(_ => new AlignedBuffer<T>(padded))];
        _sums = new BoundSums[shards];
        _shared = ranks is null ? null : new(ranks, tensors, deferred, shards, padded);
    }

    public int Shards => _shards.Length;

    /// <summary>The gradient of the mean over the samples that one shard has found; their sum is that of the batch.</summary>
    public T* Gradient(int shard) => _gradients[shard].Pointer;

    /// <summary>What one shard has left of the gradients that are formed later.</summary>
    public List<DeferredProduct<T>> Deferred(int shard)
        => shard >= _first && shard < _end ? _tapes[shard].Deferred : _shared!.Deferred(shard);

    /// <summary>Computes the gradients of all shards at these parameters.</summary>
    public BoundSums Compute(T* values, ReadOnlySpan<int> samples, BatchPlace place)
    {
        samples.CopyTo(_samples);
        _values = values;
        (_count, _place) = (samples.Length, place);
        if (_shared is null)
            DoOwn();
        else
        {
            _shared.Ranks.Exchange(DoOwn, _sums, _shards.Length);
            for (int shard = 0; shard < _shards.Length; shard++)
                _shared.Share(shard, Gradient(shard), _tapes[shard].Deferred);
        }
        BoundSums sums = default;
        foreach (BoundSums part in _sums)
            sums += part;
        return sums;
    }

    void ThreadTeam.IParts.Do(int part) => Do(_first + part);

    public void Dispose()
    {
        foreach (IDisposable part in (IEnumerable<IDisposable>)[.. _shards, .. _tapes, .. _gradients])
            part.Dispose();
        _shared?.Dispose();
    }

    private void DoOwn() => ThreadTeam.Do(this, _end - _first, _threads);

    private void Do(int shard)
    {
        int start = (int)((long)_count * shard / _shards.Length), end = (int)((long)_count * (shard + 1) / _shards.Length);
        if (start == end)
        {
            _gradients[shard].Clear();
            _tapes[shard].Deferred.Clear();
            _sums[shard] = default;
            return;
        }
        Tape<T> tape = _tapes[shard];
        tape.Reset();
        _parameters[shard].Put(_values, _gradients[shard].Pointer, _deferred);
        BatchPlace place = _place with { Part = (_place.Part * (ulong)_shards.Length) + (ulong)shard };
        Variable<T> loss = _shards[shard].Loss(_parameters[shard], _samples.AsSpan(start, end - start), place, out _sums[shard]);
        T weight = T.One / T.CreateTruncating(_count);
        tape.Backward(loss, new(in weight));
    }
}
