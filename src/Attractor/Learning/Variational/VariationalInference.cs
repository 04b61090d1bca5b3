using System.Diagnostics;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Learning;

/// <summary>
/// Black-box variational inference: the Gaussian, on unconstrained numbers, that raises the evidence lower bound of a model's posterior most.
/// </summary>
/// <remarks>
/// Automatic differentiation variational inference (Kucukelbir et al., JMLR 2017) with a convergence rule in place of a number of steps. The steps go in windows. While the bound
/// rises from one window to the next by more than its noise, the rate stays; when it does not, the rate is halved, the iterates of the window being averaged into the candidate
/// solution. A Gaussian of which only the noise of the iterates is left moves its average no more from one rate to the next, which is convergence (after Welandawe, Andersen, Vehtari and
/// Huggins, "A framework for improving the reliability of black-box variational inference", JMLR 2024).
/// </remarks>
public static class VariationalInference
{
    private const int ShortestWindow = 100;

    /// <summary>Fits the posterior of a model.</summary>
    /// <param name="model">The model, with its data.</param>
    /// <param name="options">How; the defaults suit models of up to some hundred unconstrained numbers.</param>
    /// <param name="progress">Told after every window of steps.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <exception cref="ArgumentException">An option is out of range, or a starting value does not fit the model.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static VariationalFit Fit(
        LogJoint model, VariationalOptions? options = null, IProgress<VariationalProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new();
        Check(options);
        int dimension = model.Dimension;
        using OptimizerState<double> state = new(options.Optimizer, options.Family.Initial(model.Unconstrain(options.Start), options.StartScale));
        List<BoundPoint> trace = [];
        Search search = new(options, dimension);
        RandomStream random = new(options.Seed, "variational");
        double[] solution = state.Parameters.ToArray();
        long begun = Stopwatch.GetTimestamp();
        VariationalEnding? ending = null;
        for (int step = 0; ending is null;)
        {
            Window window = new(state.Parameters.Length);
            int length = Math.Min(search.WindowLength, options.Steps - step);
            if (length == 0)
            {
                ending = VariationalEnding.OutOfSteps;
                break;
            }
            for (int i = 0; i < length; i++, step++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                IReparameterizedMultivariate member = options.Family.Member(dimension, state.Parameters);
                random.Seek((ulong)step);
                double bound = options.Estimator.Estimate(member, model.Unconstrained, Objective.EvidenceLowerBound, options.Samples, random, state.Gradient);
                options.Family.ToFamily(dimension, state.Parameters, state.Gradient);
                if (!double.IsFinite(bound) || !AllFinite(state.Gradient))
                {
                    ending = VariationalEnding.Diverged;
                    break;
                }
                foreach (ref double g in state.Gradient)
                    g = -g;
                state.Step(search.Rate);
                window.Add(bound, state.Parameters);
            }
            if (ending is VariationalEnding.Diverged)
                break;
            trace.Add(new(step, window.Mean, window.StandardError, search.Rate));
            progress?.Report(new(trace[^1], options.Steps, step / Stopwatch.GetElapsedTime(begun).TotalSeconds));
            solution = window.Average;
            if (search.HasConverged(window))
                ending = VariationalEnding.Converged;
        }
        return new(model, options, ending.Value, solution, trace);
    }

    private static void Check(VariationalOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Samples, options.Estimator.FewestSamples, nameof(options.Samples));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Steps, nameof(options.Steps));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Draws, 100, nameof(options.Draws));
        foreach ((double value, string name) in ((double, string)[])[(options.LearningRate, nameof(options.LearningRate)), (options.Tolerance, nameof(options.Tolerance)), (options.StartScale, nameof(options.StartScale))])
            if (!(value > 0) || double.IsInfinity(value))
                throw new ArgumentOutOfRangeException(name, $"{name} is finite and above 0, found {value}.");
    }

    private static bool AllFinite(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
            if (!double.IsFinite(value))
                return false;
        return true;
    }

    // The bounds and iterates of consecutive steps.
    private sealed class Window(int parameters)
    {
        private readonly double[] _sum = new double[parameters];
        private readonly List<double> _bounds = [];

        public double Mean => _bounds.Average();

        public double StandardError
        {
            get
            {
                double mean = Mean;
                return Math.Sqrt(_bounds.Sum(b => (b - mean) * (b - mean)) / Math.Max(1, _bounds.Count - 1) / _bounds.Count);
            }
        }

        public double[] Average => Array.ConvertAll(_sum, s => s / _bounds.Count);

        public void Add(double bound, ReadOnlySpan<double> iterate)
        {
            _bounds.Add(bound);
            for (int i = 0; i < iterate.Length; i++)
                _sum[i] += iterate[i];
        }
    }

    // The learning rate, and when to stop lowering it.
    private sealed class Search(VariationalOptions options, int dimension)
    {
        private Window? _last;
        private double[]? _solution;
        private double _bound = double.NegativeInfinity, _error;

        public double Rate { get; private set; } = options.LearningRate;

        // Slower steps need more of them.
        public int WindowLength { get; private set; } = ShortestWindow;

        public bool HasConverged(Window window)
        {
            if (_last is null || window.Mean - _last.Mean > 2 * Math.Sqrt(Square(window.StandardError) + Square(_last.StandardError)))
            {
                _last = window;
                return false;
            }
            bool settled = _solution is not null && window.Mean - _bound < Math.Max(options.Tolerance, 2 * Math.Sqrt(Square(window.StandardError) + Square(_error)))
                && Moved(_solution, window.Average) < options.Tolerance;
            (_solution, _bound, _error, _last) = (window.Average, window.Mean, window.StandardError, null);
            Rate /= 2;
            WindowLength = (int)Math.Min(WindowLength * 1.5, 10_000);
            return settled;
        }

        // The means in standard deviations, the other parameters (logarithms and correlations of scales) as they are.
        private double Moved(double[] from, double[] to)
        {
            IReadOnlyList<double> variance = options.Family.Member(dimension, to).Variance;
            double largest = 0;
            for (int i = 0; i < from.Length; i++)
                largest = Math.Max(largest, Math.Abs(to[i] - from[i]) / (i < dimension ? Math.Sqrt(variance[i]) : 1));
            return largest;
        }

        private static double Square(double x) => x * x;
    }
}
