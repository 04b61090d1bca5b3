using System.Numerics;
using Attractor.Data;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>State and step of the training of a hierarchical model: what the subjects share and what each has of its own learn at rates
/// of their own.</summary>
internal sealed unsafe class HierarchicalTrainer<T> : Trainer
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HierarchicalShallowPlrnn _model;
    private readonly HierarchicalTrainingOptions _options;
    private readonly SubjectGradients<T> _subjects;
    private readonly WindowSampler[] _samplers;
    private readonly WindowStart[] _windows;
    private readonly RandomStream _stream;
    private readonly OptimizedParameters<T> _shared, _own;
    private readonly AlignedBuffer<T> _parameters, _gradient, _sharedGradient, _ownGradient;
    private int[] _order = [];
    private long _orderOf = -1;

    public HierarchicalTrainer(
        HierarchicalShallowPlrnn model, IReadOnlyList<TimeSeries> subjects, HierarchicalTrainingOptions options, TrainingState? resume)
    {
        (_model, _options) = (model, options);
        int most = Math.Min(options.BatchSubjects, subjects.Count), shared = model.SharedCount;
        _subjects = new(
            model, [.. subjects.Select(s => (IReadOnlyList<TimeSeries>)[s])], [.. subjects.Select(_ => options.BatchSize)], most, options);
        _samplers = [.. subjects.Select(
            s => new WindowSampler([s], options.SequenceLength + 1, options.Missing == MissingValues.Model))];
        _windows = new WindowStart[options.BatchSize];
        _stream = new(options.Seed, "windows");
        ReadOnlySpan<double> start = model.Parameters.Values;
        if (resume is not null && resume.Parameters.Length != start.Length)
            throw new ArgumentException(
                $"The state has {resume.Parameters.Length} parameters, expected {start.Length}.", nameof(resume));
        _shared = OptimizedParameters<T>.Create(options.Optimizer, start[..shared], Part(resume, ..shared));
        _own = OptimizedParameters<T>.Create(options.Optimizer, start[shared..], Part(resume, shared..));
        _parameters = new(start.Length);
        _gradient = new(start.Length);
        (_sharedGradient, _ownGradient) = (new(_shared.Padded), new(_own.Padded));
    }

    public override long Update => _own.Update;

    public override double LearningRateScale
    {
        get => _own.LearningRateScale;
        set => (_own.LearningRateScale, _shared.LearningRateScale) = (value, value);
    }

    public override double LearningRate => LearningRateScale
        * (_options.LearnShared ? _options.LearningRate : _options.FeatureLearningRate).At(Update, _options.Updates);

    public override double? Alpha => _options.AlphaAt(Math.Min(Update, _options.Updates - 1));

    public override double Step()
    {
        int[] chosen = NextSubjects();
        foreach (int subject in chosen)
        {
            _stream.Seek(((ulong)Update * (ulong)_samplers.Length) + (ulong)subject);
            _samplers[subject].Sample(_stream, _windows);
            _subjects.Windows(subject).Fill(_windows);
        }
        int shared = _model.SharedCount, own = _model.ParameterCount - shared;
        new Span<T>(_shared.Pointer, shared).CopyTo(_parameters.Span);
        new Span<T>(_own.Pointer, own).CopyTo(_parameters.Span[shared..]);
        double loss = _subjects.Compute(_parameters.Pointer, chosen, _options.AlphaAt(Update), _gradient.Pointer);
        GradientNorm.Clip(_gradient.Span, _options.GradientClip);
        _gradient.Span[..shared].CopyTo(_sharedGradient.Span);
        _gradient.Span[shared..].CopyTo(_ownGradient.Span);
        double featureRate = LearningRateScale * _options.FeatureLearningRate.At(Update, _options.Updates);
        double sharedRate = LearningRateScale * _options.LearningRate.At(Update, _options.Updates);
        _shared.Update++;
        _own.Update++;
        if (_options.LearnShared)
            _shared.Step(_sharedGradient.Pointer, 0, _shared.Padded, sharedRate);
        _own.Step(_ownGradient.Pointer, 0, _own.Padded, featureRate);
        return loss;
    }

    public override bool ParametersAreFinite() => _shared.AreFinite() && _own.AreFinite();

    public override void Keep()
    {
        _shared.Keep();
        _own.Keep();
    }

    public override void Restore()
    {
        _shared.Restore();
        _own.Restore();
    }

    public override void GoBack(double[] parameters, double[][] moments)
    {
        int shared = _model.SharedCount;
        _shared.Set(parameters.AsSpan(0, shared), [.. moments.Select(m => m[..shared])]);
        _own.Set(parameters.AsSpan(shared), [.. moments.Select(m => m[shared..])]);
    }

    public override TrainingState Peek() => Join(_shared.Peek(), _own.Peek());

    public override TrainingState Export(int divergences) => Join(_shared.Export(divergences), _own.Export(divergences));

    public override void Dispose()
    {
        base.Dispose();
        _subjects.Dispose();
        foreach (IDisposable part in (IEnumerable<IDisposable>)[_shared, _own, _parameters, _gradient, _sharedGradient, _ownGradient])
            part.Dispose();
    }

    private static TrainingState? Part(TrainingState? state, Range range) => state is null ? null : state with
    {
        Parameters = state.Parameters[range],
        Moments = [.. state.Moments.Select(m => m.Length == state.Parameters.Length ? m[range] : [])],
    };

    private static TrainingState Join(TrainingState shared, TrainingState own) => own with
    {
        Parameters = [.. shared.Parameters, .. own.Parameters],
        Moments = [.. shared.Moments.Zip(own.Moments, (s, o) => (double[])[.. s, .. o])],
    };

    private int[] NextSubjects()
    {
        int count = _samplers.Length, batch = Math.Min(_options.BatchSubjects, count);
        long updates = (count + batch - 1) / batch, epoch = Update / updates;
        if (_orderOf != epoch)
            (_order, _orderOf) = (Permutation.Draw(count, new(_options.Seed, "order of subjects", (ulong)epoch)), epoch);
        int start = (int)(Update % updates) * batch;
        return _order[start..Math.Min(count, start + batch)];
    }
}
