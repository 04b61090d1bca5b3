using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Data;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>
/// State and step of a training: parameters, moments, and one update after another. The loop around it is
/// <see cref="LearningLoop{TState, TPoint}"/>'s.
/// </summary>
internal abstract class Trainer : IDisposable
{
    // Trainings of this process.
    private static int s_running;

    private bool _isRunning;

    /// <summary>Updates done.</summary>
    public abstract long Update { get; }

    /// <summary>Factor on the scheduled learning rate.</summary>
    public abstract double LearningRateScale { get; set; }

    /// <summary>One update; returns the loss before it.</summary>
    public abstract double Step();

    /// <summary>The rate that the next update would have.</summary>
    public abstract double LearningRate { get; }

    /// <summary>The strength of forcing where it follows the network; else null.</summary>
    public abstract double? Alpha { get; }

    public abstract bool ParametersAreFinite();

    /// <summary>Keeps the state in memory as the one to go back to.</summary>
    public abstract void Keep();

    /// <summary>Goes back to the state last kept.</summary>
    public abstract void Restore();

    /// <summary>Takes over other parameters and moments, such as those of an earlier state; the updates are counted on.</summary>
    public abstract void GoBack(double[] parameters, double[][] moments);

    /// <summary>The present state, which need not be worth keeping.</summary>
    public abstract TrainingState Peek();

    /// <summary>The state last kept, for a file or a model.</summary>
    public abstract TrainingState Export(int divergences);

    public virtual void Dispose()
    {
        if (!_isRunning)
            return;
        _isRunning = false;
        Interlocked.Decrement(ref s_running);
    }

    /// <summary>Whether every training of this process can have two processors.</summary>
    protected static bool HasSecondProcessor => 2 * Volatile.Read(ref s_running) <= Environment.ProcessorCount;

    /// <summary>Counts it among those that want processors.</summary>
    protected void Run()
    {
        _isRunning = true;
        Interlocked.Increment(ref s_running);
    }

    public static Trainer Create(RecurrentModel model, IReadOnlyList<TimeSeries> trials, TrainingOptions options, TrainingState? resume)
        => options.Precision == Precision.Float32
            ? Create<float>(model, trials, options, resume)
            : Create<double>(model, trials, options, resume);

    private static Trainer Create<T>(RecurrentModel model, IReadOnlyList<TimeSeries> trials, TrainingOptions options, TrainingState? resume)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => WidestLanes.Invoke<T, Construction<T>, Trainer>(new(model, trials, options, resume));

    private readonly struct Construction<T>(
        RecurrentModel model, IReadOnlyList<TimeSeries> trials, TrainingOptions options, TrainingState? resume) : ILaneFunction<T, Trainer>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public Trainer Invoke<S>()
            where S : unmanaged, ILanes<S, T>
            => new Trainer<S, T>(model, trials, options, resume);
    }
}

/// <inheritdoc cref="Trainer"/>
internal sealed unsafe class Trainer<S, T> : Trainer
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    private readonly TrainingOptions _options;
    private readonly BackpropagationThroughTime<S, T> _bptt;
    private readonly WindowBatch<T> _batch;
    private readonly WindowSampler _sampler;
    private readonly WindowStart[] _windows;
    private readonly RandomStream _windowStream, _noiseStream, _signalStream;
    private readonly int _encodedUnits, _parameterCount;
    private readonly OptimizedParameters<S, T> _parameters;
    private readonly AlignedBuffer<T> _gradient, _resting, _penalized;
    private readonly AdaptedStrength? _strength;
    private readonly ManifoldAttractorPenalty? _manifold;

    public Trainer(RecurrentModel model, IReadOnlyList<TimeSeries> trials, TrainingOptions options, TrainingState? resume)
    {
        _options = options;
        ForcingProgram forcing = new(options.Forcing, options.SequenceLength, options.WarmUp);
        _bptt = new(model, forcing, options.SignalLoss);
        if (options.Forcing is AdaptiveTeacherForcing adaptive)
            _strength = new(adaptive, model, forcing, resume?.Alpha);
        if (options.ManifoldAttractor > 0)
            _manifold = new(model, options.ManifoldAttractorShare);
        bool fills = options.Missing == MissingValues.Model;
        _batch = new(
            trials,
            options.BatchSize,
            options.SequenceLength,
            s_lanes,
            options.HasInputNoise,
            fills && trials.Any(trial => trial.CountMissing() > 0),
            ExternalInputs.Of(model, trials));
        _sampler = new(trials, options.SequenceLength + 1, fills);
        _windows = new WindowStart[options.BatchSize];
        _windowStream = new(options.Seed, "windows");
        _noiseStream = new(options.Seed, "input noise");
        (_signalStream, _encodedUnits) = (new(options.Seed, "signal noise"), model.Readout?.Read ?? 0);
        _parameterCount = model.Parameters.Count;
        _parameters = new(options.Optimizer, model.Parameters.Values, resume);
        _gradient = new(_parameters.Padded);
        (_resting, _penalized) = (new(_parameters.Padded), new(_parameters.Padded));
        foreach (ParameterTensor tensor in model.Parameters.Tensors.Where(t => !double.IsNaN(t.RestingValue)))
        {
            _resting.Span.Slice(tensor.Offset, tensor.Count).Fill(T.CreateTruncating(tensor.RestingValue));
            _penalized.Span.Slice(tensor.Offset, tensor.Count).Fill(T.One);
        }
        Run();
    }

    public override long Update => _parameters.Update;

    public override double LearningRateScale { get => _parameters.LearningRateScale; set => _parameters.LearningRateScale = value; }

    public override double LearningRate
    {
        get
        {
            (long done, long all) = _options.ScheduleAt(Update);
            return LearningRateScale * _options.LearningRate.At(done, all);
        }
    }

    public override double Step()
    {
        _windowStream.Seek((ulong)Update);
        _sampler.Sample(_windowStream, _windows);
        _batch.Fill(_windows);
        if (_options.HasInputNoise)
        {
            _noiseStream.Seek((ulong)Update);
            _batch.AddInputNoise(_options.InputNoiseAt(Update), _noiseStream);
        }
        if (_encodedUnits > 0)
        {
            _signalStream.Seek((ulong)Update);
            _batch.DrawSignalNoise(_encodedUnits, _signalStream);
        }
        if (_strength?.IsDue(Update) == true)
            _strength.Look(_parameters.Read(), _batch.Windows(firstRow: 1));
        if (_bptt.Shared is { } shared)
            shared.Threads = _options.Threads ?? (HasSecondProcessor ? 2 : 1);
        double loss = _bptt.LossAndGradient(_parameters.Pointer, _batch, _gradient.Pointer);
        if (_options.L2At(Update) is > 0 and double weight)
            AddPenaltyGradient(T.CreateTruncating(2 * weight));
        _manifold?.AddGradient<T>(
            new(_parameters.Pointer, _parameterCount), new(_gradient.Pointer, _parameterCount), _options.ManifoldAttractor);
        if (_options.ConditionPenalty > 0)
            _bptt.AddConditionGradient(_parameters.Pointer, _gradient.Pointer, _options.ConditionPenalty);
        if (_options.GradientClip > 0)
            ClipGradient(_options.GradientClip);
        double rate = LearningRate;
        _parameters.Update++;
        _parameters.Step(_gradient.Pointer, 0, _parameters.Padded, rate);
        return loss;
    }

    public override double? Alpha => _strength?.Alpha;

    public override bool ParametersAreFinite() => _parameters.AreFinite();

    public override void Keep()
    {
        _parameters.Keep();
        _strength?.Keep();
    }

    public override void Restore()
    {
        _parameters.Restore();
        _strength?.Restore();
    }

    public override void GoBack(double[] parameters, double[][] moments) => _parameters.Set(parameters, moments);

    public override TrainingState Peek() => _parameters.Peek();

    public override TrainingState Export(int divergences) => _parameters.Export(divergences) with { Alpha = _strength?.Kept };

    public override void Dispose()
    {
        base.Dispose();
        _bptt.Dispose();
        _batch.Dispose();
        _parameters.Dispose();
        _gradient.Dispose();
        _resting.Dispose();
        _penalized.Dispose();
    }

    // The gradient of lambda |theta - resting|^2 over the tensors that have a resting value.
    private void AddPenaltyGradient(T twiceLambda)
    {
        T* theta = _parameters.Pointer, gradient = _gradient.Pointer, resting = _resting.Pointer, penalized = _penalized.Pointer;
        S factor = S.Broadcast(twiceLambda);
        for (nint i = 0; i < _parameters.Padded; i += s_lanes)
            S.MultiplyAdd(factor * S.Load(penalized + i), S.Load(theta + i) - S.Load(resting + i), S.Load(gradient + i))
                .Store(gradient + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ClipGradient(double limit)
    {
        T* gradient = _gradient.Pointer;
        S sum = default;
        for (nint i = 0; i < _parameters.Padded; i += s_lanes)
        {
            S g = S.Load(gradient + i);
            sum = S.MultiplyAdd(g, g, sum);
        }
        double norm = Math.Sqrt(double.CreateTruncating(S.Sum(sum)));
        if (!(norm > limit) || !double.IsFinite(norm))
            return;
        S scale = S.Broadcast(T.CreateTruncating(limit / norm));
        for (nint i = 0; i < _parameters.Padded; i += s_lanes)
            (S.Load(gradient + i) * scale).Store(gradient + i);
    }
}
