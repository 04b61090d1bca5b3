using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Systems;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Learning;

/// <summary>The growth a step that the Jacobians of a network at data tell, by the rules of adaptive forcing.</summary>
/// <param name="model">The network at its present parameters.</param>
internal sealed class JacobianGrowth(RecurrentModel model)
{
    private const int MostCoded = 64;

    private readonly int _units = model.Dimension;
    private readonly IPiecewiseLinearMap? _regions = model is IPiecewiseLinearMap { Boundaries: <= MostCoded } map ? map : null;
    private readonly Dictionary<ulong, double> _logOfRegion = [];
    private readonly SpectralNorm _norm = new(model.Dimension);

    /// <summary>n, the largest of all windows; 0 where no row is complete.</summary>
    public double Of(AdaptiveForcingRule rule, IReadOnlyList<TimeSeries> windows)
    {
        double most = 0;
        foreach (TimeSeries window in windows)
        {
            double[][] states = [.. States(window)];
            if (states.Length == 0)
                continue;
            double growth = rule switch
            {
                AdaptiveForcingRule.ArithmeticMean => _norm.Of(Mean(states)),
                AdaptiveForcingRule.ExplogApprox => MeanOfLogarithms(states),
                AdaptiveForcingRule.BatchMaximum => Math.Exp(states.Max(LogOfNorm)),
                _ => Math.Exp(states.Average(LogOfNorm)),
            };
            // Math.Max lets a NaN win.
            most = Math.Max(most, growth);
        }
        return most;
    }

    private IEnumerable<double[]> States(TimeSeries window)
    {
        for (int t = 0; t < window.Length; t++)
        {
            if (!TensorPrimitives.IsFiniteAll(window.Row(t)))
                continue;
            double[] state = new double[_units];
            model.InitialState(window.Row(t), state);
            yield return state;
        }
    }

    private double[] Jacobian(double[] state)
    {
        double[] jacobian = new double[_units * _units];
        model.Jacobian(state, jacobian);
        return jacobian;
    }

    // Of a piecewise-linear map once for each region.
    private double LogOfNorm(double[] state)
    {
        if (_regions is null)
            return Math.Log(_norm.Of(Jacobian(state)));
        Span<double> values = stackalloc double[MostCoded];
        _regions.BoundaryValues(state, values[.._regions.Boundaries]);
        ulong code = 0;
        for (int i = 0; i < _regions.Boundaries; i++)
            code |= values[i] > 0 ? 1UL << i : 0;
        ref double log = ref CollectionsMarshal.GetValueRefOrAddDefault(_logOfRegion, code, out bool known);
        if (!known)
            log = Math.Log(_norm.Of(Jacobian(state)));
        return log;
    }

    private double[] Mean(double[][] states)
    {
        double[] mean = new double[_units * _units];
        foreach (double[] state in states)
            VectorOperations.AddScaled(mean, 1.0 / states.Length, Jacobian(state));
        return mean;
    }

    // ||exp(mean log J)||, which is complex where a J turns a direction round.
    private double MeanOfLogarithms(double[][] states)
    {
        Matrix<Complex> sum = Matrix<Complex>.Build.Dense(_units, _units);
        foreach (double[] state in states)
            sum += MatrixFunctions.Logarithm(Jacobian(state), _units);
        return MatrixFunctions.Exponential(sum / states.Length).L2Norm();
    }
}
