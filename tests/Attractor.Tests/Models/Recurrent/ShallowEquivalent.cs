using Attractor.Models;

namespace Attractor.Tests.Models.Recurrent;

/// <summary>
/// The shallow PLRNN that is the same map as a network that rectifies its own state, and how its gradient becomes that network's.
/// </summary>
internal sealed class ShallowEquivalent
{
    private readonly RecurrentModel _model;

    // Of each hidden unit: the column of W that it belongs to and the factor, and its basis.
    private readonly List<(int Column, double Factor, int Basis, int Threshold)> _units = [];

    private ShallowEquivalent(RecurrentModel model) => _model = model;

    public required ShallowPlrnn Network { get; init; }

    public static ShallowEquivalent Of(RecurrentModel model)
    {
        (int n, int m) = (model.Observed, model.Latent);
        List<(int Column, double Factor, int Basis, int Threshold)> units = [];
        List<double[]> w2 = [];
        List<double> h2 = [];
        int linear = model is AlmostLinearRnn almost ? m - almost.Rectified : 0, bases = (model as DendriticPlrnn)?.Bases ?? 1;
        double[] alpha = model is DendriticPlrnn ? model.Parameters["alpha"].ToArray() : [1];
        for (int b = 0; b < bases; b++)
            for (int i = 0; i < m; i++)
            {
                double[] row = new double[m];
                if (model is MeanCentredPlrnn)
                    row.AsSpan().Fill(-1.0 / m);
                row[i] += 1;
                Add(row, i, alpha[b], model is DendriticPlrnn ? b : -1, model is DendriticPlrnn ? (i * bases) + b : -1);
                if (i < linear)
                    Add([.. row.Select(r => -r)], i, -1, -1, -1);
            }
        for (int i = 0; i < m && model is ClippedDendriticPlrnn; i++)
            Add([.. Enumerable.Range(0, m).Select(j => j == i ? 1.0 : 0)], i, -alpha.Sum(), bases, -1);
        int l = units.Count;
        ShallowPlrnn shallow = new(n, m, l);
        ReadOnlySpan<double> w = model.Parameters["W"];
        double[] w1 = new double[m * l];
        for (int i = 0; i < m; i++)
            for (int j = 0; j < l; j++)
                w1[(i * l) + j] = units[j].Factor * w[(i * m) + units[j].Column];
        shallow.Parameters.Set("A", model.Parameters["A"]);
        shallow.Parameters.Set("W1", w1);
        shallow.Parameters.Set("W2", [.. w2.SelectMany(r => r)]);
        shallow.Parameters.Set("h1", model.Parameters["h"]);
        shallow.Parameters.Set("h2", [.. h2]);
        if (m > n)
            shallow.Parameters.Set("L", model.Parameters["L"]);
        ShallowEquivalent same = new(model) { Network = shallow };
        same._units.AddRange(units);
        return same;

        void Add(double[] row, int column, double factor, int basis, int threshold)
        {
            units.Add((column, factor, basis, threshold));
            w2.Add(row);
            h2.Add(threshold < 0 ? 0 : -model.Parameters["H"][threshold]);
        }
    }

    /// <summary>The chain rule from the shallow network's parameters to the model's.</summary>
    public double[] GradientOfModel(double[] shallow)
    {
        (int n, int m, int l) = (_model.Observed, _model.Latent, _units.Count);
        ReadOnlySpan<double> ga = shallow.AsSpan(0, m), g1 = shallow.AsSpan(m, m * l), gh1 = shallow.AsSpan(m + (2 * m * l), m),
            gh2 = shallow.AsSpan((2 * m) + (2 * m * l), l), rest = shallow.AsSpan((2 * m) + (2 * m * l) + l);
        int bases = (_model as DendriticPlrnn)?.Bases ?? 0;
        ReadOnlySpan<double> w = _model.Parameters["W"];
        double[] gw = new double[m * m], galpha = new double[bases], gthresholds = new double[m * bases];
        for (int j = 0; j < l; j++)
        {
            (int column, double factor, int basis, int threshold) = _units[j];
            double share = 0;
            for (int i = 0; i < m; i++)
            {
                gw[(i * m) + column] += factor * g1[(i * l) + j];
                share += w[(i * m) + column] * g1[(i * l) + j];
            }
            // The block of the clipped network has minus the sum of all alpha for its factor.
            for (int b = 0; b < bases; b++)
                galpha[b] += basis == bases ? -share : basis == b ? share : 0;
            if (threshold >= 0)
                gthresholds[threshold] -= gh2[j];
        }
        for (int i = 0; i < m && _model is not AlmostLinearRnn; i++)
            gw[i * (m + 1)] = 0;
        return [.. ga, .. gw, .. gh1, .. galpha, .. gthresholds, .. rest];
    }
}
