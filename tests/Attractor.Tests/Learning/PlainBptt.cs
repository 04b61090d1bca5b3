using Attractor.Learning;
using Attractor.Models;
using Attractor.Tests.Models.Recurrent;

namespace Attractor.Tests.Learning;

/// <summary>Backpropagation through time as it stands in a textbook: one window at a time, scalar loops, nothing fused.</summary>
/// <remarks>A PLRNN is the shallow one with W1 = W, W2 = 1, h1 = h, h2 = 0, of which only the first three are learnt.</remarks>
internal static class PlainBptt
{
    public static (double Loss, double[] Gradient) LossAndGradient(
        RecurrentModel model, IReadOnlyList<TimeSeries> windows, TrainingOptions options)
    {
        if (model is RectifiedStateNetwork and not Plrnn)
        {
            ShallowEquivalent same = ShallowEquivalent.Of(model);
            (double ofSame, double[] gradient) = LossAndGradient(same.Network, windows, options);
            return (ofSame, same.GradientOfModel(gradient));
        }
        bool shallow = model is not Plrnn, clipped = model.Kind == "clipped-shplrnn";
        (int n, int m, int l) = (model.Observed, model.Latent, shallow ? model.Sizes["hidden"] : model.Latent);
        double[] a = model.Parameters["A"].ToArray(), w1 = model.Parameters[shallow ? "W1" : "W"].ToArray(),
            w2 = shallow ? model.Parameters["W2"].ToArray() : Identity(m);
        double[] h1 = model.Parameters[shallow ? "h1" : "h"].ToArray(), h2 = shallow ? model.Parameters["h2"].ToArray() : new double[m];
        double[] init = m > n ? model.Parameters["L"].ToArray() : [];
        double[] ga = new double[m], gw1 = new double[m * l], gw2 = new double[l * m],
            gh1 = new double[m], gh2 = new double[l], ginit = new double[init.Length];
        int steps = options.SequenceLength;
        double terms = (double)windows.Count * (steps - options.WarmUp) * n, loss = 0;
        foreach (TimeSeries x in windows)
        {
            double[][] z = new double[steps + 1][];
            double[][] v = new double[steps][];
            double[][] residual = new double[steps][];
            z[0] = new double[m];
            for (int i = 0; i < m; i++)
            {
                if (i < n)
                    z[0][i] = x[0, i];
                else
                    for (int j = 0; j < n; j++)
                        z[0][i] += init[((i - n) * n) + j] * x[0, j];
            }
            for (int t = 0; t < steps; t++)
            {
                double s = Strength(options, t);
                for (int i = 0; i < n; i++)
                    z[t][i] = ((1 - s) * z[t][i]) + (s * x[t, i]);
                v[t] = new double[l];
                z[t + 1] = new double[m];
                residual[t] = new double[n];
                for (int j = 0; j < l; j++)
                    for (int i = 0; i < m; i++)
                        v[t][j] += w2[(j * m) + i] * z[t][i];
                for (int i = 0; i < m; i++)
                {
                    z[t + 1][i] = (a[i] * z[t][i]) + h1[i];
                    for (int j = 0; j < l; j++)
                        z[t + 1][i] += w1[(i * l) + j] * Unit(v[t][j], h2[j]);
                }
                for (int i = 0; i < n && t >= options.WarmUp; i++)
                {
                    residual[t][i] = z[t + 1][i] - x[t + 1, i];
                    loss += residual[t][i] * residual[t][i] / terms;
                }
            }
            double[] g = new double[m];
            for (int t = steps - 1; t >= 0; t--)
            {
                for (int i = 0; i < n; i++)
                    g[i] += 2 * residual[t][i] / terms;
                double[] before = new double[m];
                for (int i = 0; i < m; i++)
                {
                    ga[i] += g[i] * z[t][i];
                    gh1[i] += g[i];
                    before[i] += g[i] * a[i];
                }
                for (int j = 0; j < l; j++)
                {
                    double dr = 0;
                    for (int i = 0; i < m; i++)
                    {
                        gw1[(i * l) + j] += g[i] * Unit(v[t][j], h2[j]);
                        dr += g[i] * w1[(i * l) + j];
                    }
                    double shifted = v[t][j] + h2[j] > 0 ? 1 : 0, plain = clipped && v[t][j] > 0 ? 1 : 0;
                    gh2[j] += dr * shifted;
                    for (int i = 0; i < m; i++)
                    {
                        gw2[(j * m) + i] += dr * (shifted - plain) * z[t][i];
                        before[i] += dr * (shifted - plain) * w2[(j * m) + i];
                    }
                }
                double s = Strength(options, t);
                for (int i = 0; i < n; i++)
                    before[i] *= 1 - s;
                g = before;
            }
            for (int i = n; i < m; i++)
                for (int j = 0; j < n; j++)
                    ginit[((i - n) * n) + j] += g[i] * x[0, j];
        }
        if (shallow)
            return (loss, [.. ga, .. gw1, .. gw2, .. gh1, .. gh2, .. ginit]);
        for (int i = 0; i < m; i++)
            gw1[i * (m + 1)] = 0;
        return (loss, [.. ga, .. gw1, .. gh1, .. ginit]);

        double Unit(double v, double h) => Math.Max(0, v + h) - (clipped ? Math.Max(0, v) : 0);
    }

    private static double[] Identity(int m) => [.. Enumerable.Range(0, m * m).Select(i => i % (m + 1) == 0 ? 1.0 : 0)];

    private static double Strength(TrainingOptions options, int t) => t < options.WarmUp ? 1 : options.Forcing.Strength(t);
}
