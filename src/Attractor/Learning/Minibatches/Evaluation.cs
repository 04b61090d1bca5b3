using System.Numerics;
using Attractor.Differentiation;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>
/// The bound over all samples of an objective, without a gradient: in parts of a fixed size, so
/// that any number of threads gives the same bits.
/// </summary>
internal sealed unsafe class Evaluation<T> : ThreadTeam.IParts, IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int PartSize = 100, MostWorkers = 8;

    private readonly IMinibatchShard<T>[] _shards;
    private readonly Tape<T>[] _tapes;
    private readonly TapeParameters<T>[] _parameters;
    private readonly BoundSums[] _sums;
    private readonly Communicator? _ranks;
    private readonly int _threads, _first, _end;
    private T* _values;
    private CancellationToken _cancellationToken;

    public Evaluation(IMinibatchObjective objective, IReadOnlyList<ParameterTensor> tensors, int threads, Communicator? ranks)
    {
        (Objective, _threads, _ranks) = (objective, threads, ranks);
        _sums = new BoundSums[(objective.SampleCount + PartSize - 1) / PartSize];
        (_first, _end) = ranks?.Share(_sums.Length) ?? (0, _sums.Length);
        int workers = Math.Clamp(
            threads == ThreadTeam.AllProcessors ? Environment.ProcessorCount : threads, 1, Math.Min(MostWorkers, _sums.Length));
        _shards = [.. Enumerable.Range(0, workers).Select(_ => objective.CreateShard<T>(PartSize))];
        _tapes = [.. _shards.Select(_ => new Tape<T>(threads: 1))];
        _parameters = [.. _tapes.Select(t => new TapeParameters<T>(t, tensors))];
    }

    public IMinibatchObjective Objective { get; }

    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public BoundSums Compute(T* values, CancellationToken cancellationToken)
    {
        _values = values;
        _cancellationToken = cancellationToken;
        if (_ranks is null)
            ComputeOwn();
        else
            _ranks.Exchange(ComputeOwn, _sums, _sums.Length);
        BoundSums sums = default;
        foreach (BoundSums part in _sums)
            sums += part;
        return sums;
    }

    void ThreadTeam.IParts.Do(int part) => Do(part);

    public void Dispose()
    {
        foreach (IDisposable part in (IEnumerable<IDisposable>)[.. _shards, .. _tapes])
            part.Dispose();
    }

    private void ComputeOwn()
    {
        ThreadTeam.Do(this, _shards.Length, _threads);
        _cancellationToken.ThrowIfCancellationRequested();
    }

    private void Do(int worker)
    {
        int* samples = stackalloc int[PartSize];
        for (int part = _first + worker; part < _end && !_cancellationToken.IsCancellationRequested; part += _shards.Length)
        {
            int start = part * PartSize, count = Math.Min(PartSize, Objective.SampleCount - start);
            for (int i = 0; i < count; i++)
                samples[i] = start + i;
            _tapes[worker].Reset();
            _parameters[worker].Put(_values, null);
            _shards[worker].Loss(_parameters[worker], new(samples, count), new(Training: false, 0, (ulong)part, 1), out _sums[part]);
        }
    }
}
