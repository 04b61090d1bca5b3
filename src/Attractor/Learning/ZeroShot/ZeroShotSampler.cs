using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>
/// Draws windows with contexts: a recording, N of its variables in some order, a stride, a stretch as the context and another as the
/// window, a rotation of the variables now and then, and noise; all in the units of the context.
/// </summary>
/// <remarks>
/// A window far outside of its context says nothing about it, and its errors would be all that is learnt from: others are drawn instead.
/// </remarks>
internal sealed class ZeroShotSampler
{
    // Standard deviations of the context, and how often another place is tried.
    private const double MostDeviation = 5;
    private const int MostTries = 8;

    private readonly IReadOnlyList<TimeSeries> _recordings;
    private readonly ZeroShotTrainingOptions _options;
    private readonly RandomStream _random;
    private readonly int _n;
    private readonly double[] _context, _inputs, _targets;
    private readonly float[] _noise;

    /// <param name="recordings">Whole ones, each variable in units of its own standard deviation.</param>
    /// <param name="n">N.</param>
    /// <param name="options">Say the lengths, and what is done to the recordings.</param>
    public ZeroShotSampler(IReadOnlyList<TimeSeries> recordings, int n, ZeroShotTrainingOptions options)
    {
        (_recordings, _n, _options) = (recordings, n, options);
        _random = new(options.Seed, "zero-shot windows");
        _context = new double[options.ContextLength * n];
        _inputs = new double[(options.SequenceLength + 1) * n];
        _targets = new double[_inputs.Length];
        _noise = new float[_inputs.Length + _context.Length];
    }

    /// <summary>The window of an update, the same whenever it is asked for; it holds until the next.</summary>
    public ZeroShotExample Draw(long update, int window)
    {
        _random.Seek(((ulong)update * (ulong)_options.BatchSize) + (ulong)window);
        TimeSeries recording = _recordings[(int)_random.NextInt64(_recordings.Count)];
        Span<int> variables = stackalloc int[recording.Dimension];
        for (int i = 0; i < variables.Length; i++)
            variables[i] = i;
        for (int i = 0; i < _n; i++)
        {
            int other = i + (int)_random.NextInt64(variables.Length - i);
            (variables[i], variables[other]) = (variables[other], variables[i]);
        }
        int stride = 1 + (int)_random.NextInt64(_options.MostStride);
        double[]? rotation = _n > 1 && _random.NextDouble() < _options.RotatedShare ? Rotation() : null;
        for (int tries = 0; tries < MostTries; tries++)
        {
            Take(recording, variables, stride, rotation, _context);
            Take(recording, variables, stride, rotation, _targets);
            (double[] mean, double[] scale) = ContextUnits.Of(_context, _n);
            Standardize(_context, mean, scale);
            Standardize(_targets, mean, scale);
            if (Array.TrueForAll(_targets, value => Math.Abs(value) <= MostDeviation))
                break;
        }
        float noise = (float)(_options.MostNoise * _random.NextDouble());
        NormalNoise.Fill(_random, _noise.AsSpan());
        for (int i = 0; i < _inputs.Length; i++)
            _inputs[i] = _targets[i] + (noise * _noise[i]);
        for (int i = 0; i < _context.Length; i++)
            _context[i] += noise * _noise[_inputs.Length + i];
        return new(_context, _inputs, _targets);
    }

    private void Take(TimeSeries recording, ReadOnlySpan<int> variables, int stride, double[]? rotation, double[] target)
    {
        int rows = target.Length / _n, first = (int)_random.NextInt64(recording.Length - ((rows - 1) * stride));
        for (int t = 0; t < rows; t++)
        {
            ReadOnlySpan<double> row = recording.Row(first + (t * stride));
            for (int i = 0; i < _n; i++)
            {
                double value = 0;
                if (rotation is null)
                    value = row[variables[i]];
                else
                    for (int k = 0; k < _n; k++)
                        value += rotation[(i * _n) + k] * row[variables[k]];
                target[(t * _n) + i] = value;
            }
        }
    }

    private void Standardize(double[] values, double[] mean, double[] scale)
    {
        for (int t = 0; t < values.Length; t += _n)
            for (int i = 0; i < _n; i++)
                values[t + i] = (values[t + i] - mean[i]) / scale[i];
    }

    // Orthonormal rows of normal numbers: uniform over all rotations and reflections.
    private double[] Rotation()
    {
        double[] q = new double[_n * _n];
        for (int i = 0; i < _n; i++)
        {
            Span<double> row = q.AsSpan(i * _n, _n);
            for (int k = 0; k < _n; k++)
                row[k] = _random.NextNormal();
            for (int before = 0; before < i; before++)
                VectorOperations.AddScaled(row, -VectorOperations.Dot(row, q.AsSpan(before * _n, _n)), q.AsSpan(before * _n, _n));
            double length = Math.Sqrt(VectorOperations.Dot(row, row));
            for (int k = 0; k < _n; k++)
                row[k] /= length;
        }
        return q;
    }
}
