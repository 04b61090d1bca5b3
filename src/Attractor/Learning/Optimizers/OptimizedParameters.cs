using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>The parameters of a training with the moments of its optimiser, and the copy of both that it can go back to.</summary>
/// <remarks>
/// Parameters and moments lie one behind the other, each padded to whole blocks of lanes, so that keeping and restoring is one copy.
/// </remarks>
internal abstract unsafe class OptimizedParameters<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _state, _kept;
    private long _keptUpdate;

    /// <param name="optimizer">Says how many moments there are.</param>
    /// <param name="start">The parameters to begin with.</param>
    /// <param name="resume">A state to go on from instead.</param>
    /// <param name="lanes">What parameters and moments are padded to.</param>
    /// <exception cref="ArgumentException">The state is that of another model or optimiser.</exception>
    protected OptimizedParameters(Optimizer optimizer, ReadOnlySpan<double> start, TrainingState? resume, int lanes)
    {
        int moments = optimizer.MomentCount, count = start.Length;
        if (resume is not null
            && (resume.Parameters.Length != count || resume.Moments.Length != moments || resume.Moments.Any(m => m.Length != count)))
            throw new ArgumentException(
                $"The state has {resume.Parameters.Length} parameters and {resume.Moments.Length} moments; expected {count} and {moments}.",
                nameof(resume));
        (Optimizer, Count) = (optimizer, count);
        Padded = (count + lanes - 1) / lanes * lanes;
        _state = new(Padded * (1 + moments));
        _kept = new(_state.Length);
        if (resume is null)
            Write(0, start);
        else
            Set(resume.Parameters, resume.Moments);
        (Update, LearningRateScale) = (resume?.Update ?? 0, resume?.LearningRateScale ?? 1);
        Keep();
    }

    /// <summary>Updates done.</summary>
    public long Update { get; set; }

    /// <summary>Factor on the scheduled learning rate.</summary>
    public double LearningRateScale { get; set; }

    /// <summary>Number of parameters.</summary>
    public int Count { get; }

    /// <summary>The same, padded with zeros to whole blocks: the length that a gradient must have.</summary>
    public long Padded { get; }

    /// <summary>The parameters.</summary>
    public T* Pointer => _state.Pointer;

    protected Optimizer Optimizer { get; }

    /// <summary>In the widest lanes of this machine.</summary>
    public static OptimizedParameters<T> Create(Optimizer optimizer, ReadOnlySpan<double> start, TrainingState? resume)
        => Vector512.IsHardwareAccelerated ? new OptimizedParameters<Lanes512<T>, T>(optimizer, start, resume)
            : Vector256.IsHardwareAccelerated ? new OptimizedParameters<Lanes256<T>, T>(optimizer, start, resume)
            : new OptimizedParameters<Lanes128<T>, T>(optimizer, start, resume);

    /// <summary>One step of the optimiser on a part of the parameters.</summary>
    /// <param name="gradient">The gradient with respect to that part; 0 for what pads the parameters.</param>
    /// <param name="start">Where the part begins: a multiple of the lanes.</param>
    /// <param name="count">Its length, likewise.</param>
    /// <param name="rate">The learning rate.</param>
    /// <remarks><see cref="Update"/> already counts the update that this is.</remarks>
    public abstract void Step(T* gradient, long start, long count, double rate);

    /// <summary>Whether all parameters are numbers.</summary>
    public bool AreFinite()
    {
        for (int i = 0; i < Count; i++)
            if (!T.IsFinite(_state.Pointer[i]))
                return false;
        return true;
    }

    /// <summary>Keeps the present state as the one to go back to.</summary>
    public void Keep()
    {
        Copy(_state, _kept);
        _keptUpdate = Update;
    }

    /// <summary>Goes back to the state last kept.</summary>
    public void Restore()
    {
        Copy(_kept, _state);
        Update = _keptUpdate;
    }

    /// <summary>Takes over other parameters and moments.</summary>
    public void Set(ReadOnlySpan<double> parameters, double[][] moments)
    {
        Write(0, parameters);
        for (int i = 0; i < moments.Length; i++)
            Write(i + 1, moments[i]);
    }

    /// <summary>Undoes what was done to a few parameters since the state was last kept.</summary>
    public void Hold(long start, int count) => new Span<T>(_kept.Pointer + start, count).CopyTo(new(_state.Pointer + start, count));

    /// <summary>The state last kept, for a file or a model.</summary>
    public TrainingState Export(int divergences) => Read(_kept) with { Update = _keptUpdate, Divergences = divergences };

    /// <summary>The present state, which need not be worth keeping.</summary>
    public TrainingState Peek() => Read(_state);

    /// <summary>The present parameters.</summary>
    public double[] Read() => Read(_state, 0);

    private TrainingState Read(AlignedBuffer<T> state) => new()
    {
        Update = Update,
        Parameters = Read(state, 0),
        Moments = [.. Enumerable.Range(1, Optimizer.MomentCount).Select(i => Read(state, i))],
        LearningRateScale = LearningRateScale,
    };

    public void Dispose()
    {
        _state.Dispose();
        _kept.Dispose();
    }

    private static void Copy(AlignedBuffer<T> source, AlignedBuffer<T> target)
        => Buffer.MemoryCopy(source.Pointer, target.Pointer, target.Length * sizeof(T), source.Length * sizeof(T));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double[] Read(AlignedBuffer<T> state, int part)
    {
        double[] values = new double[Count];
        T* source = state.Pointer + (part * Padded);
        for (int i = 0; i < values.Length; i++)
            values[i] = double.CreateTruncating(source[i]);
        return values;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Write(int part, ReadOnlySpan<double> values)
    {
        T* target = _state.Pointer + (part * Padded);
        for (int i = 0; i < values.Length; i++)
            target[i] = T.CreateTruncating(values[i]);
    }
}

/// <inheritdoc cref="OptimizedParameters{T}"/>
/// <param name="optimizer">Says how many moments there are.</param>
/// <param name="start">The parameters to begin with.</param>
/// <param name="resume">A state to go on from instead.</param>
/// <exception cref="ArgumentException">The state is that of another model or optimiser.</exception>
internal sealed unsafe class OptimizedParameters<S, T>(Optimizer optimizer, ReadOnlySpan<double> start, TrainingState? resume)
    : OptimizedParameters<T>(optimizer, start, resume, sizeof(S) / sizeof(T))
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Step(T* gradient, long start, long count, double rate)
    {
        T** moments = stackalloc T*[Optimizer.MomentCount];
        for (int i = 0; i < Optimizer.MomentCount; i++)
            moments[i] = Pointer + ((i + 1) * Padded) + start;
        Optimizer.Apply<S, T>(new(Pointer + start, gradient, Math.Min(count, Count - start)), moments, count, rate, Update);
    }
}
