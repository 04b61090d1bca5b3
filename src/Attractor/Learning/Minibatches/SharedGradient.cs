using System.Numerics;
using System.Runtime.InteropServices;
using Attractor.Differentiation;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>
/// What ranks tell each other of the gradients of a minibatch: of each shard what its rank has found, and of large weights what their
/// gradients are to be formed of, so that each rank forms them as one process would.
/// </summary>
internal sealed unsafe class SharedGradient<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IReadOnlyList<ParameterTensor> _tensors;
    private readonly List<(long Start, long Count)> _pieces = [];
    private readonly List<DeferredProduct<T>>[] _deferred;
    private readonly List<AlignedBuffer<T>>[] _operands;

    /// <param name="ranks">The ranks.</param>
    /// <param name="tensors">The tensors of the model.</param>
    /// <param name="deferred">By tensor, whether its gradient is formed later; null for none.</param>
    /// <param name="shards">The number of shards.</param>
    /// <param name="padded">The length of a gradient.</param>
    public SharedGradient(Communicator ranks, IReadOnlyList<ParameterTensor> tensors, bool[]? deferred, int shards, long padded)
    {
        (Ranks, _tensors) = (ranks, tensors);
        _deferred = [.. Enumerable.Range(0, shards).Select(_ => new List<DeferredProduct<T>>())];
        _operands = [.. Enumerable.Range(0, shards).Select(_ => new List<AlignedBuffer<T>>())];
        long from = 0;
        for (int i = 0; i < tensors.Count; i++)
            if (deferred?[i] == true)
            {
                _pieces.Add((from, tensors[i].Offset - from));
                from = tensors[i].Offset + tensors[i].Count;
            }
        _pieces.Add((from, padded - from));
    }

    public Communicator Ranks { get; }

    /// <summary>What another rank's shard has left of the gradients that are formed later.</summary>
    public List<DeferredProduct<T>> Deferred(int shard) => _deferred[shard];

    /// <summary>Gives all ranks what one of them has found of a shard.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="own">What it has left, where it is this rank's.</param>
    public void Share(int shard, T* gradient, List<DeferredProduct<T>> own)
    {
        int owner = Ranks.OwnerOf(shard, _deferred.Length);
        foreach ((long start, long count) in _pieces)
            Ranks.Broadcast(Bytes(gradient + start, count), owner);
        bool isOwn = owner == Ranks.Rank;
        int products = own.Count;
        Ranks.Broadcast(MemoryMarshal.AsBytes(new Span<int>(ref products)), owner);
        int[] shapes = new int[2 * products];
        for (int i = 0; i < products && isOwn; i++)
            (shapes[2 * i], shapes[(2 * i) + 1]) = (own[i].Parameter, own[i].Rows);
        Ranks.Broadcast(MemoryMarshal.AsBytes(shapes.AsSpan()), owner);
        _deferred[shard].Clear();
        for (int i = 0; i < products; i++)
        {
            (int parameter, int rows) = (shapes[2 * i], shapes[(2 * i) + 1]);
            long inputs = (long)rows * _tensors[parameter].Columns, outputs = (long)rows * _tensors[parameter].Rows;
            T* x = isOwn ? own[i].Inputs : Operand(shard, 2 * i, inputs);
            T* g = isOwn ? own[i].Gradient : Operand(shard, (2 * i) + 1, outputs);
            Ranks.Broadcast(Bytes(x, inputs), owner);
            Ranks.Broadcast(Bytes(g, outputs), owner);
            if (!isOwn)
                _deferred[shard].Add(new(parameter, x, g, rows));
        }
    }

    public void Dispose()
    {
        foreach (AlignedBuffer<T> operand in _operands.SelectMany(o => o))
            operand.Dispose();
    }

    private T* Operand(int shard, int index, long length)
    {
        List<AlignedBuffer<T>> operands = _operands[shard];
        while (operands.Count <= index)
            operands.Add(new(length));
        if (operands[index].Length < length)
        {
            operands[index].Dispose();
            operands[index] = new(length);
        }
        return operands[index].Pointer;
    }

    private static Span<byte> Bytes(T* values, long count) => new(values, checked((int)(count * sizeof(T))));
}
