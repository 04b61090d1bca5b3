using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// <see cref="ShallowPlrnnKernel{S, T, TUnit}"/> of a large network in two shards, each of which has half of the hidden units: their
/// weights, tapes, adjoints and gradients stay in the caches of one core, and what the two exchange is a state.
/// </summary>
/// <remarks>
/// z' = (A z + h1 + W1_a phi(W2_a z)) + W1_b phi(W2_b z), and the adjoint alike. There are two shards whatever the threads, so that the
/// bits do not depend on them.
/// </remarks>
internal sealed unsafe class ShardedShallowPlrnnKernel<S, T, TUnit> : RecurrentKernel<T>, ISharedKernel, ThreadPair.IHalves
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TUnit : struct, IHiddenUnit
{
    // From this many weights of W1 on a half of a step takes longer than to hand it over.
    private const int LeastWeights = 5000;

    private readonly ShallowPlrnnLayout _layout;
    private readonly ShallowPlrnnKernel<S, T, TUnit> _upper, _lower;
    private readonly nint _lowerRow;
    private readonly AlignedBuffer<T> _sum;
    private ThreadPair? _pair;
    private bool _isShared;
    private Operation _operation;
    private T* _z, _tape, _behind, _adjoint, _result;
    private int _steps;

    public ShardedShallowPlrnnKernel(ShallowPlrnnLayout layout)
    {
        _layout = layout;
        int half = layout.Hidden / 2;
        _upper = new(layout, 0, half);
        _lower = new(layout, half, layout.Hidden - half);
        _lowerRow = (nint)half * Lanes;
        _sum = new((long)layout.Latent * Lanes);
    }

    private enum Operation { Load, Forward, Backward, Accumulate, Store }

    /// <summary>Whether a network is large enough for shards.</summary>
    public static bool Pays(ShallowPlrnnLayout layout) => (long)layout.Latent * layout.Hidden >= LeastWeights && layout.Hidden >= 64;

    public int Threads
    {
        get => _isShared ? 2 : 1;
        set
        {
            _isShared = value > 1;
            if (_isShared)
                _pair ??= new(this);
        }
    }

    public override int StateRows => _layout.Latent;

    public override int TapeRows => _layout.Hidden;

    public override int AdjointRows => _layout.Hidden;

    public override void Load(T* parameters)
    {
        _result = parameters;
        Run(Operation.Load);
    }

    public override void Forward(T* z, T* tape, T* next)
    {
        _z = z;
        _tape = tape;
        _result = next;
        Run(Operation.Forward);
        AddLower(next);
    }

    public override void Backward(T* z, T* tape, T* gradientNext, T* adjoint, T* gradient)
    {
        _z = z;
        _tape = tape;
        _behind = gradientNext;
        _adjoint = adjoint;
        _result = gradient;
        Run(Operation.Backward);
        AddLower(gradient);
    }

    public override void AccumulateGradient(T* z, T* tape, T* gradientNext, T* adjoint, int steps)
    {
        _z = z;
        _tape = tape;
        _behind = gradientNext;
        _adjoint = adjoint;
        _steps = steps;
        Run(Operation.Accumulate);
    }

    public override void StoreGradient(T* gradient)
    {
        _result = gradient;
        Run(Operation.Store);
    }

    public void Do(int half)
    {
        ShallowPlrnnKernel<S, T, TUnit> shard = half == 0 ? _upper : _lower;
        nint row = half == 0 ? 0 : _lowerRow;
        T* result = half == 0 ? _result : _sum.Pointer;
        switch (_operation)
        {
            case Operation.Load: shard.Load(_result); break;
            case Operation.Forward: shard.Forward(_z, _tape + row, result); break;
            case Operation.Backward: shard.Backward(_z, _tape + row, _behind, _adjoint + row, result); break;
            case Operation.Accumulate: shard.AccumulateGradient(_z, _tape + row, _behind, _adjoint + row, _steps); break;
            case Operation.Store: shard.StoreGradient(_result); break;
            default: throw new UnreachableException();
        }
    }

    public override void Dispose()
    {
        _pair?.Dispose();
        _upper.Dispose();
        _lower.Dispose();
        _sum.Dispose();
    }

    private void Run(Operation operation)
    {
        _operation = operation;
        if (_isShared)
        {
            _pair!.Run();
            return;
        }
        Do(0);
        Do(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddLower(T* target)
    {
        int lanes = sizeof(S) / sizeof(T);
        T* sum = _sum.Pointer;
        for (nint i = 0; i < _sum.Length; i += lanes)
            (S.Load(target + i) + S.Load(sum + i)).Store(target + i);
    }
}
