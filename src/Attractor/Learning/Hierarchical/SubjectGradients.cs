using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>
/// The mean loss over the windows of some subjects and its gradient: what the kernel of the shallow network finds for
/// theta_s = sum_i p_si P_i is passed on by dL/dP_i = sum_s p_si dL/dtheta_s and dL/dp_si = &lt;dL/dtheta_s, P_i&gt;.
/// </summary>
/// <remarks>Each subject is a part of its own, and they are added in their order: any number of threads gives the same bits.</remarks>
internal sealed unsafe class SubjectGradients<T> : ThreadTeam.IParts, IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HierarchicalShallowPlrnn _model;
    private readonly HierarchicalTrainingOptions _options;
    private readonly ForcingProgram _forcing;
    private readonly WindowBatch<T>[] _batches;
    private readonly ConcurrentBag<BackpropagationThroughTime<T>> _passes = [];
    private readonly AlignedBuffer<T> _networks, _gradients;
    private readonly double[] _losses;
    private readonly int _theta, _d, _observed;
    private int[] _chosen = [];
    private T* _parameters, _gradient;

    /// <param name="model">Says the sizes.</param>
    /// <param name="subjects">What the windows of each are taken from.</param>
    /// <param name="windows">How many windows each has.</param>
    /// <param name="most">The most subjects at once.</param>
    /// <param name="options">The length of the windows, the forcing, and what the loss is.</param>
    public SubjectGradients(
        HierarchicalShallowPlrnn model,
        IReadOnlyList<IReadOnlyList<TimeSeries>> subjects,
        IReadOnlyList<int> windows,
        int most,
        HierarchicalTrainingOptions options)
    {
        (_model, _options) = (model, options);
        (_theta, _d, _observed) = (model.NetworkCount, model.Features, model.Observed);
        _forcing = new(TeacherForcing.Generalized(options.Alpha), options.SequenceLength, warmUp: 0);
        BackpropagationThroughTime<T> pass = NewPass();
        _passes.Add(pass);
        bool fills = options.Missing == MissingValues.Model;
        _batches = [.. subjects.Select((trials, s) => new WindowBatch<T>(
            trials, windows[s], options.SequenceLength, pass.Lanes, noisyInputs: false,
            fills && trials.Any(t => t.CountMissing() > 0)))];
        _networks = new((long)most * _theta);
        _gradients = new((long)most * _theta);
        _losses = new double[most];
    }

    /// <summary>The windows of a subject, to be filled.</summary>
    public WindowBatch<T> Windows(int subject) => _batches[subject];

    /// <summary>The mean over some subjects at the parameters; the gradient is overwritten with its own.</summary>
    /// <param name="parameters">Those of the model, in its order.</param>
    /// <param name="chosen">The subjects, each once.</param>
    /// <param name="alpha">The strength of forcing.</param>
    /// <param name="gradient">As long as the parameters.</param>
    public double Compute(T* parameters, int[] chosen, double alpha, T* gradient)
    {
        _parameters = parameters;
        _gradient = gradient;
        _chosen = chosen;
        _forcing.Force(alpha);
        new Span<T>(gradient, _model.ParameterCount).Clear();
        ThreadTeam.Do(this, chosen.Length, _options.Threads ?? ThreadTeam.AllProcessors);
        if (_options.LearnShared)
            for (int k = 0; k < chosen.Length; k++)
                AddToShared(k);
        double sum = 0;
        for (int k = 0; k < chosen.Length; k++)
            sum += _losses[k];
        return sum / chosen.Length;
    }

    void ThreadTeam.IParts.Do(int part) => Do(part);

    public void Dispose()
    {
        foreach (BackpropagationThroughTime<T> pass in _passes)
            pass.Dispose();
        foreach (WindowBatch<T> batch in _batches)
            batch.Dispose();
        _networks.Dispose();
        _gradients.Dispose();
    }

    private T* FeaturesOf(T* parameters, int subject) => parameters + _model.SharedCount + ((nint)subject * _d);

    private T* CovarianceOf(T* parameters, int subject)
        => parameters + _model.SharedCount + ((nint)_model.Subjects.Count * _d) + ((nint)subject * _observed);

    private BackpropagationThroughTime<T> NewPass()
        => BackpropagationThroughTime<T>.Create(RecurrentModel.CreateBlank(ShallowPlrnn.Cell.Name, _model.Sizes), _forcing);

    private void Do(int k)
    {
        if (!_passes.TryTake(out BackpropagationThroughTime<T>? pass))
            pass = NewPass();
        int s = _chosen[k];
        T* theta = _networks.Pointer + ((nint)k * _theta), gradient = _gradients.Pointer + ((nint)k * _theta);
        Mix(FeaturesOf(_parameters, s), theta);
        if (_options.LearnCovariance)
            pass.Weigh(WeightsOf(s));
        double loss = pass.LossAndGradient(theta, _batches[s], gradient);
        if (_options.LearnCovariance)
            loss += OfCovariance(s, pass.Squares);
        _losses[k] = loss;
        T weight = T.One / T.CreateTruncating(_chosen.Length);
        for (nint i = 0; i < _theta; i++)
            gradient[i] *= weight;
        AddToFeatures(gradient, FeaturesOf(_gradient, s));
        _passes.Add(pass);
    }

    // theta = sum_i p_i P_i
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Mix(T* features, T* theta)
    {
        new Span<T>(theta, _theta).Clear();
        foreach (ParameterTensor tensor in _model.Network)
        {
            T* shared = _parameters + ((nint)tensor.Offset * _d), part = theta + tensor.Offset;
            for (int i = 0; i < _d; i++, shared += tensor.Count)
                for (nint j = 0; j < tensor.Count; j++)
                    part[j] += features[i] * shared[j];
        }
    }

    // dL/dp_i = <dL/dtheta, P_i>, tensor by tensor
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddToFeatures(T* gradient, T* features)
    {
        foreach (ParameterTensor tensor in _model.Network)
        {
            T* shared = _parameters + ((nint)tensor.Offset * _d), part = gradient + tensor.Offset;
            for (int i = 0; i < _d; i++, shared += tensor.Count)
            {
                T sum = T.Zero;
                for (nint j = 0; j < tensor.Count; j++)
                    sum += part[j] * shared[j];
                features[i] += sum;
            }
        }
    }

    // dL/dP_i += p_i dL/dtheta
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddToShared(int k)
    {
        T* features = FeaturesOf(_parameters, _chosen[k]), gradient = _gradients.Pointer + ((nint)k * _theta);
        foreach (ParameterTensor tensor in _model.Network)
        {
            T* shared = _gradient + ((nint)tensor.Offset * _d), part = gradient + tensor.Offset;
            for (int i = 0; i < _d; i++, shared += tensor.Count)
                for (nint j = 0; j < tensor.Count; j++)
                    shared[j] += features[i] * part[j];
        }
    }

    // What a square is worth in the likelihood: exp(-c) / 2.
    private double[] WeightsOf(int subject)
    {
        double[] weights = new double[_observed];
        T* logarithm = CovarianceOf(_parameters, subject);
        for (int n = 0; n < _observed; n++)
            weights[n] = Math.Exp(-double.CreateTruncating(logarithm[n])) / 2;
        return weights;
    }

    // The part c / 2 of the loss; dL/dc = (1 - r^2 / exp(c)) / 2
    private double OfCovariance(int subject, double[] squares)
    {
        double[] weights = WeightsOf(subject);
        T* logarithm = CovarianceOf(_parameters, subject), gradient = CovarianceOf(_gradient, subject);
        double terms = Math.Max(1, _batches[subject].Terms(0)), loss = 0;
        for (int n = 0; n < _observed; n++)
        {
            double share = _batches[subject].TermsOf(n, 0) / terms;
            loss += share * double.CreateTruncating(logarithm[n]) / 2;
            gradient[n] = T.CreateTruncating(((share / 2) - (weights[n] * squares[n] / terms)) / _chosen.Length);
        }
        return loss;
    }
}
