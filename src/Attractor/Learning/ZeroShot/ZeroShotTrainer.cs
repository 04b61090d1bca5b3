using System.Numerics;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>State and step of the training of a zero-shot model.</summary>
internal sealed unsafe class ZeroShotTrainer<T> : Trainer
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DynaMixLayout _layout;
    private readonly ZeroShotTrainingOptions _options;
    private readonly ZeroShotGradients<T> _gradients;
    private readonly OptimizedParameters<T> _parameters;
    private readonly AlignedBuffer<T> _gradient;

    /// <param name="model">Says sizes and start.</param>
    /// <param name="recordings">Whole ones, each variable in units of its own standard deviation.</param>
    /// <param name="options">How it is trained.</param>
    /// <param name="resume">A state to go on from.</param>
    public ZeroShotTrainer(
        DynaMixModel model, IReadOnlyList<TimeSeries> recordings, ZeroShotTrainingOptions options, TrainingState? resume)
    {
        _layout = new(model.Parameters);
        _options = options;
        _gradients = new(model.Parameters, recordings, options);
        _parameters = OptimizedParameters<T>.Create(options.Optimizer, _layout.Pack(model.Parameters), resume);
        _gradient = new(_parameters.Padded);
    }

    public override long Update => _parameters.Update;

    public override double LearningRateScale
    {
        get => _parameters.LearningRateScale;
        set => _parameters.LearningRateScale = value;
    }

    public override double LearningRate => LearningRateScale * _options.LearningRate.At(Update, _options.Updates);

    public override double? Alpha => null;

    public override double Step()
    {
        double loss = _gradients.Compute(Update, _parameters.Pointer, _gradient.Pointer), rate = LearningRate;
        if (!_options.LearnNoise)
            new Span<T>(_gradient.Pointer + _layout.Noise.Offset, _layout.Noise.Count).Clear();
        GradientNorm.Clip(_gradient.Span, _options.GradientClip);
        _parameters.Update++;
        _parameters.Step(_gradient.Pointer, 0, _parameters.Padded, rate);
        return loss;
    }

    public override bool ParametersAreFinite() => _parameters.AreFinite();

    public override void Keep() => _parameters.Keep();

    public override void Restore() => _parameters.Restore();

    public override void GoBack(double[] parameters, double[][] moments) => _parameters.Set(parameters, moments);

    public override TrainingState Peek() => _parameters.Peek();

    public override TrainingState Export(int divergences) => _parameters.Export(divergences);

    public override void Dispose()
    {
        base.Dispose();
        _gradients.Dispose();
        _parameters.Dispose();
        _gradient.Dispose();
    }
}
