using System.Numerics.Tensors;
using Attractor.Differentiation;
using Attractor.Models;
using Attractor.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Attractor.Learning;

/// <summary>
/// An observation model that begins with what the data tell: the encoder with the principal components of smoothed data, the decoder with
/// the likeliest B and b beside them.
/// </summary>
internal static class EncoderStart
{
    private const int MostRows = 2000, Steps = 300;
    private const double Rate = 0.05;

    // Features are of variance 1, and white noise averaged as the kernels do of 0.07: what is faster than that is not blown up.
    private const double LeastVariance = 1e-2;

    /// <summary>Sets encoder and decoder.</summary>
    /// <param name="model">A network with an observation model.</param>
    /// <param name="trials">T x N each.</param>
    /// <returns>The signals of every row, T x R each, of mean 0 and variance 1 or less.</returns>
    public static IReadOnlyList<TimeSeries> Of(RecurrentModel model, IReadOnlyList<TimeSeries> trials)
    {
        ProbabilisticReadout readout = model.Readout!;
        SetUnits(model, readout, trials);
        Smooth(model, readout);
        SetComponents(model, readout, trials);
        TimeSeries[] signals = [.. trials.Select(model.Encode)];
        FitDecoder(model, readout, trials, signals);
        return signals;
    }

    private static void SetUnits(RecurrentModel model, ProbabilisticReadout readout, IReadOnlyList<TimeSeries> trials)
    {
        int f = readout.Encoder.Features;
        double[] mean = new double[f], squares = new double[f], features = new double[readout.Modalities.All.Max(m => m.Model.Features)];
        long[] count = new long[f];
        foreach (TimeSeries trial in trials)
            for (int t = 0; t < trial.Length; t++)
                for (int n = 0; n < trial.Dimension; n++)
                {
                    if (!double.IsFinite(trial[t, n]))
                        continue;
                    ObservedColumn column = readout.Modalities[n];
                    column.Model.Encode(trial[t, n], features.AsSpan(0, column.Model.Features));
                    for (int i = 0, at = column.Feature; i < column.Model.Features; i++, at++)
                    {
                        count[at]++;
                        double difference = features[i] - mean[at];
                        mean[at] += difference / count[at];
                        squares[at] += difference * (features[i] - mean[at]);
                    }
                }
        // A category that is hardly ever met would otherwise shout; real numbers may be as small as they are.
        double[] least = [.. Enumerable.Repeat(1e-3, f)];
        for (int n = 0; n < readout.Observed; n++)
            if (ObservedModalities.IsStandardized(readout.Modalities[n].Model))
                least[readout.Modalities[n].Feature] = double.Epsilon;
        readout.Encoder.SetUnits(mean, [.. squares.Select((s, i) => Math.Max(least[i], Math.Sqrt(s / Math.Max(1, count[i]))))]);
    }

    // Kernels of 7 and 5 rows that average.
    private static void Smooth(RecurrentModel model, ProbabilisticReadout readout)
    {
        int r = readout.Read;
        for (int layer = 1; layer < SignalEncoder.Widths.Length; layer++)
        {
            int width = SignalEncoder.Widths[layer];
            double[] kernel = new double[r * width * r];
            for (int i = 0; i < r; i++)
                for (int k = 0; k < width; k++)
                    kernel[(((i * width) + k) * r) + i] = 1.0 / width;
            model.Parameters.Set(SignalEncoder.Kernel(layer), kernel);
            model.Parameters.Set(SignalEncoder.Offset(layer), new double[r]);
        }
        model.Parameters.Set(SignalEncoder.Offset(0), new double[r]);
    }

    // The first kernel averages over 11 rows and projects on the R leading components; units beyond them keep what was drawn.
    private static void SetComponents(RecurrentModel model, ProbabilisticReadout readout, IReadOnlyList<TimeSeries> trials)
    {
        int f = readout.Encoder.Features, r = readout.Read, width = SignalEncoder.Widths[0];
        Evd<double> evd = SmoothedMoments(model, readout, trials).Evd(Symmetricity.Symmetric);
        double[] kernel = model.Parameters[SignalEncoder.Kernel(0)].ToArray();
        for (int unit = 0; unit < Math.Min(r, f); unit++)
        {
            int at = f - 1 - unit;
            double variance = evd.EigenValues[at].Real;
            if (!(variance > 1e-9))
                break;
            double scale = width * Math.Sqrt(Math.Max(variance, LeastVariance));
            for (int k = 0; k < width; k++)
                for (int i = 0; i < f; i++)
                    kernel[(((unit * width) + k) * f) + i] = evd.EigenVectors[i, at] / scale;
        }
        model.Parameters.Set(SignalEncoder.Kernel(0), kernel);
    }

    // Of running means over as many rows as the encoder averages about a row.
    private static Matrix<double> SmoothedMoments(RecurrentModel model, ProbabilisticReadout readout, IReadOnlyList<TimeSeries> trials)
    {
        int f = readout.Encoder.Features;
        Matrix<double> moments = Matrix<double>.Build.Dense(f, f);
        long rows = 0;
        foreach (TimeSeries trial in trials)
        {
            double[] values = new double[trial.Length * f];
            for (int t = 0; t < trial.Length; t++)
                readout.Encoder.Encode(trial.Row(t), model.Parameters.Values, values.AsSpan(t * f, f));
            foreach (int width in SignalEncoder.Widths)
                values = RunningMean(values, f, width);
            int step = Math.Max(1, trial.Length / 20_000);
            for (int t = 0; t < trial.Length; t += step, rows++)
                for (int i = 0; i < f; i++)
                    for (int j = 0; j <= i; j++)
                        moments[i, j] += values[(t * f) + i] * values[(t * f) + j];
        }
        for (int i = 0; i < f; i++)
            for (int j = 0; j < i; j++)
                moments[j, i] = moments[i, j];
        return moments / Math.Max(1, rows);
    }

    private static double[] RunningMean(double[] values, int f, int width)
    {
        int rows = values.Length / f, half = width / 2;
        double[] mean = new double[values.Length];
        for (int t = 0; t < rows; t++)
            for (int k = -half; k <= half; k++)
            {
                int source = Math.Clamp(t + k, 0, rows - 1) * f;
                for (int i = 0; i < f; i++)
                    mean[(t * f) + i] += values[source + i] / width;
            }
        return mean;
    }

    // The likeliest B, b and what else the observation model has, beside the signals of rows spread over the data.
    private static unsafe void FitDecoder(
        RecurrentModel model, ProbabilisticReadout readout, IReadOnlyList<TimeSeries> trials, TimeSeries[] signals)
    {
        int n = readout.Observed, r = readout.Read;
        long all = trials.Sum(t => (long)t.Length), step = Math.Max(1, all / MostRows), at = 0;
        List<double> units = [], data = [], weights = [];
        double[] row = new double[n];
        for (int trial = 0; trial < trials.Count; trial++)
            for (int t = 0; t < trials[trial].Length; t++, at++)
            {
                if (at % step != 0)
                    continue;
                units.AddRange(signals[trial].Row(t));
                readout.Arrange(trials[trial].Row(t), model.Parameters.Values, row);
                data.AddRange(row);
                for (int i = 0; i < n; i++)
                    row[readout.Modalities[i].Place] = double.IsNaN(trials[trial][t, i]) ? 0 : 1;
                weights.AddRange(row);
            }
        int rows = units.Count / r;
        using Tape<double> tape = new(threads: 1);
        TapeParameters<double> parameters = new(tape, model.Parameters.Tensors);
        using OptimizedParameters<double> fitted = OptimizedParameters<double>.Create(Optimizer.Adam(), model.Parameters.Values, null);
        using AlignedBuffer<double> gradient = new(fitted.Padded);
        // In one buffer with all others, of which there is no gradient.
        for (int i = 0; i < Steps; i++)
        {
            tape.Reset();
            parameters.Put(fitted.Pointer, gradient.Pointer);
            Variable<double> likelihood = readout.LogLikelihood(
                parameters, tape.Constant(new(rows, r), [.. units]), tape.Constant(new(rows, n), [.. data]));
            tape.Backward((likelihood * tape.Constant(new(rows, n), [.. weights])).Sum() / -rows);
            fitted.Update++;
            fitted.Step(gradient.Pointer, 0, fitted.Padded, Rate * Math.Min(1, 2.0 * (Steps - i) / Steps));
        }
        double[] values = new Span<double>(fitted.Pointer, model.ParameterCount).ToArray();
        if (TensorPrimitives.IsFiniteAll<double>(values))
            model.Parameters.Set(values);
    }
}
