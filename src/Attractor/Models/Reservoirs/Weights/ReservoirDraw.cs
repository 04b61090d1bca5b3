using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>Draws the weights of a reservoir: layer by layer W_in, W_fb, b, W.</summary>
internal sealed class ReservoirDraw
{
    // Above this part of non-zero weights a dense product is the faster one.
    private const double Sparse = 0.25;

    private readonly ReservoirOptions _options;
    private readonly NumpyRandom? _numpy;
    private RandomStream _stream = new(0, "");

    public ReservoirDraw(ReservoirOptions options)
    {
        _options = options;
        _numpy = options.NumpyRandom ? new((uint)options.Seed) : null;
    }

    public ReservoirLayer[] Layers(int inputs, int feedback)
    {
        ReservoirLayer[] layers = new ReservoirLayer[_options.Layers];
        for (int l = 0; l < layers.Length; l++)
            layers[l] = l == 0 ? Layer(l, inputs, feedback) : Layer(l, _options.Units, 0);
        return layers;
    }

    private ReservoirLayer Layer(int layer, int inputs, int feedback)
    {
        int m = _options.Units;
        Begin("input weights", layer);
        // A unit of a higher layer receives from M units: their sum should be as large as the first layer's.
        double[] inputWeights = Inputs(inputs, layer == 0 ? _options.InputScale : _options.InputScale / Math.Sqrt(m));
        Begin("feedback weights", layer);
        double[] feedbackWeights = Inputs(feedback, _options.FeedbackScale);
        Begin("bias", layer);
        double[] bias = new double[m];
        for (int i = 0; i < m; i++)
            bias[i] = Next(_options.Bias) * _options.BiasScale;
        Begin("recurrent weights", layer);
        RecurrentWeights weights = _options.Topology is ReservoirTopology.Ring ? Ring() : Scaled(Random());
        return new(
            inputs + feedback, Beside(inputWeights, inputs, feedbackWeights, feedback), bias, weights, _options.Leak, _options.Activation);
    }

    private void Begin(string purpose, int layer) => _stream = new(_options.Seed, purpose, (ulong)layer);

    private double Next(WeightDistribution distribution) => distribution switch
    {
        WeightDistribution.Gaussian => _numpy is null ? _stream.NextNormal() : _numpy.Randn(),
        WeightDistribution.Uniform => _numpy is null ? _stream.NextUniform(-1, 1) : _numpy.Uniform(-1, 1),
        WeightDistribution.Constant => 1,
        _ => (_numpy is null ? _stream.NextDouble() : _numpy.Rand()) < 0.5 ? -1 : 1,
    };

    private double[] Inputs(int inputs, double scale)
    {
        double[] weights = new double[_options.Units * inputs];
        int kept = Math.Max(1, (int)Math.Round(_options.InputConnectivity * inputs));
        for (int i = 0; i < _options.Units; i++)
        {
            for (int j = 0; j < inputs; j++)
                weights[(i * inputs) + j] = Next(_options.InputWeights) * scale;
            if (kept >= inputs)
                continue;
            HashSet<int> chosen = [.. Choose(inputs, kept)];
            for (int j = 0; j < inputs; j++)
                if (!chosen.Contains(j))
                    weights[(i * inputs) + j] = 0;
        }
        return weights;
    }

    private SparseWeights Ring()
    {
        int m = _options.Units;
        double[] values = new double[m];
        values.AsSpan().Fill(_options.SpectralRadius);
        return new SparseWeights(m, [.. Enumerable.Range(0, m + 1)], [.. Enumerable.Range(0, m).Select(i => (i + m - 1) % m)], values);
    }

    private RecurrentWeights Random()
    {
        int m = _options.Units;
        int perUnit = Math.Max(1, (int)Math.Round(_options.ResolvedConnectivity * m));
        if (perUnit > Sparse * m)
        {
            double[] dense = new double[checked(m * m)];
            for (int i = 0; i < m; i++)
                if (perUnit == m)
                    for (int j = 0; j < m; j++)
                        dense[(i * m) + j] = Next(_options.Weights);
                else
                    foreach (int j in Choose(m, perUnit))
                        dense[(i * m) + j] = Next(_options.Weights);
            return new DenseWeights(dense, m);
        }
        int[] columns = new int[checked(m * perUnit)];
        double[] values = new double[columns.Length];
        for (int i = 0; i < m; i++)
        {
            Choose(m, perUnit).CopyTo(columns, i * perUnit);
            for (int n = 0; n < perUnit; n++)
                values[(i * perUnit) + n] = Next(_options.Weights);
        }
        return new SparseWeights(m, [.. Enumerable.Range(0, m + 1).Select(i => i * perUnit)], columns, values);
    }

    // Ascending, without repetition: Floyd's method (Bentley and Floyd, CACM 30, 1987) takes as many draws as there are to choose.
    private int[] Choose(int n, int count)
    {
        SortedSet<int> chosen = [];
        for (int j = n - count; j < n; j++)
        {
            int candidate = (int)(_numpy is null ? _stream.NextInt64(j + 1) : _numpy.RandInt(0, j + 1));
            if (!chosen.Add(candidate))
                chosen.Add(j);
        }
        return [.. chosen];
    }

    private RecurrentWeights Scaled(RecurrentWeights weights)
    {
        double radius = weights is DenseWeights dense ? SpectralRadius.Of(dense.Values, dense.Units) : Radius((SparseWeights)weights);
        double[] values = weights.Values;
        if (_options.SpectralRadius == 0)
        {
            Array.Clear(values);
            return weights;
        }
        if (!(radius > 1e-12))
        {
            throw new ArgumentException(
                $"All eigenvalues of the weights drawn are 0, so that no scaling gives them a spectral radius of "
                + $"{_options.SpectralRadius}: raise the connectivity of {_options.ResolvedConnectivity:G3}, or take another seed.");
        }
        for (int i = 0; i < values.Length; i++)
            values[i] = values[i] / radius * _options.SpectralRadius;
        return weights;
    }

    private static double Radius(SparseWeights weights)
    {
        int m = weights.Units;
        if (m > SpectralRadius.Small && SpectralRadius.TryEstimate(weights.Multiply, m, out double value))
            return value;
        const int MostDense = 3000;
        if (m > MostDense)
            throw new ArgumentException(
                $"The spectral radius of these {m} units could not be found: take another seed or another connectivity.");
        double[] dense = new double[m * m];
        for (int i = 0; i < m; i++)
            for (int n = weights.Rows[i]; n < weights.Rows[i + 1]; n++)
                dense[(i * m) + weights.Columns[n]] = weights.Values[n];
        return SpectralRadius.ByEigenvalues(dense, m);
    }

    private static double[] Beside(double[] left, int leftColumns, double[] right, int rightColumns)
    {
        if (rightColumns == 0)
            return left;
        int columns = leftColumns + rightColumns, rows = right.Length / rightColumns;
        double[] both = new double[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            left.AsSpan(i * leftColumns, leftColumns).CopyTo(both.AsSpan(i * columns));
            right.AsSpan(i * rightColumns, rightColumns).CopyTo(both.AsSpan((i * columns) + leftColumns));
        }
        return both;
    }
}
