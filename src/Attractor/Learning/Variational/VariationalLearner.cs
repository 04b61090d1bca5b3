using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Learning;

/// <summary>Black-box variational inference as the loop sees it: a stretch is a window of steps at one learning rate.</summary>
internal sealed class VariationalLearner : Learner<VariationalState, BoundPoint>, IDisposable
{
    private readonly LogJoint _model;
    private readonly VariationalOptions _options;
    private readonly OptimizerState<double> _state;
    private readonly RandomStream _random;
    private readonly List<BoundPoint> _trace;
    private RateSearch _search;
    private bool _hasConverged;

    public VariationalLearner(LogJoint model, VariationalOptions options, VariationalState? resume)
    {
        (_model, _options, _random) = (model, options, new(options.Seed, "variational"));
        double[] initial = options.Family.Initial(model.Unconstrain(options.Start), options.StartScale);
        if (resume is not null && (resume.Optimizer.Parameters.Length != initial.Length || resume.Solution.Count != initial.Length))
            throw new ArgumentException(
                $"The state is that of another model or family: it has "
                + $"{resume.Optimizer.Parameters.Length} parameters, expected {initial.Length}.",
                nameof(resume));
        _state = resume is null ? new(options.Optimizer, initial) : new(options.Optimizer, resume.Optimizer);
        _trace = [.. resume?.Trace ?? []];
        _search = resume?.Search ?? RateSearch.Begin(options.LearningRate);
        _hasConverged = resume?.HasConverged ?? false;
        Solution = resume is null ? initial : [.. resume.Solution];
    }

    /// <summary>The iterates averaged over the last window.</summary>
    public double[] Solution { get; private set; }

    /// <summary>The bound over all windows, also those of before.</summary>
    public IReadOnlyList<BoundPoint> Trace => _trace;

    public override long Done => _state.Update;

    public override long Steps => _options.Steps;

    public override double Loss => _trace.Count == 0 ? double.NaN : -_trace[^1].Bound;

    public override double LearningRate => _search.Rate;

    public override TrainingEnding? Ending => _hasConverged ? TrainingEnding.Converged : Done >= Steps ? TrainingEnding.OutOfSteps : null;

    public override bool Step(LearningLoop<VariationalState, BoundPoint> loop)
    {
        int length = (int)Math.Min(_search.WindowLength, Steps - Done);
        double[] bounds = new double[length], sum = new double[_state.Parameters.Length];
        for (int i = 0; i < length; i++)
        {
            if (loop.CancellationToken.IsCancellationRequested || !TryStep(out bounds[i]))
                return false;
            for (int j = 0; j < sum.Length; j++)
                sum[j] += _state.Parameters[j];
        }
        Solution = Array.ConvertAll(sum, s => s / length);
        WindowBound bound = Over(bounds);
        BoundPoint point = new(Done, bound.Mean, bound.StandardError, _search.Rate);
        _trace.Add(point);
        (_search, _hasConverged) = _search.After(bound, Solution, _options, _model.Dimension);
        loop.Add(point);
        return true;
    }

    public override void Keep() => _state.Keep();

    // All else changes only at the end of a window.
    public override void Restore() => _state.Restore();

    public override VariationalState Export(int divergences)
        => new() { Optimizer = _state.Export(), Trace = [.. _trace], Solution = Solution, HasConverged = _hasConverged, Search = _search };

    public void Dispose() => _state.Dispose();

    // False where the log joint or its gradient is not finite.
    private bool TryStep(out double bound)
    {
        IReparameterizedMultivariate member = _options.Family.Member(_model.Dimension, _state.Parameters);
        _random.Seek((ulong)_state.Update);
        bound = _options.Estimator.Estimate(
            member, _model.Unconstrained, Objective.EvidenceLowerBound, _options.Samples, _random, _state.Gradient);
        _options.Family.ToFamily(_model.Dimension, _state.Parameters, _state.Gradient);
        if (!double.IsFinite(bound))
            return false;
        foreach (ref double g in _state.Gradient)
        {
            if (!double.IsFinite(g))
                return false;
            g = -g;
        }
        _state.Step(_search.Rate);
        return true;
    }

    private static WindowBound Over(double[] bounds)
    {
        double mean = bounds.Average();
        return new(mean, Math.Sqrt(bounds.Sum(b => (b - mean) * (b - mean)) / Math.Max(1, bounds.Length - 1) / bounds.Length));
    }
}
