using System.Numerics.Tensors;
using Attractor.Models;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Attractor.Learning;

/// <summary>An affine observation that begins with the principal components of the data.</summary>
internal static class PrincipalStart
{
    /// <summary>Sets B to the R leading components, each in its standard deviation.</summary>
    /// <param name="model">A network with an affine observation of N >= R variables.</param>
    /// <param name="trials">T x N each, their means about 0; rows with a missing value have no components.</param>
    /// <returns>B+ x of every row, T x R each: NaN where a value is missing.</returns>
    /// <exception cref="ArgumentException">Hardly a row is complete, or the data have fewer dimensions.</exception>
    public static IReadOnlyList<TimeSeries> Of(RecurrentModel model, IReadOnlyList<TimeSeries> trials)
    {
        int n = model.Observed, r = model.Read;
        Matrix<double> moments = Matrix<double>.Build.Dense(n, n);
        long rows = 0;
        foreach (TimeSeries trial in trials)
            for (int t = 0; t < trial.Length; t++)
            {
                ReadOnlySpan<double> row = trial.Row(t);
                if (!TensorPrimitives.IsFiniteAll(row))
                    continue;
                rows++;
                for (int i = 0; i < n; i++)
                    for (int j = 0; j <= i; j++)
                        moments[i, j] += row[i] * row[j];
            }
        for (int i = 0; i < n; i++)
            for (int j = 0; j < i; j++)
                moments[j, i] = moments[i, j];
        Evd<double> evd = (moments / Math.Max(1, rows)).Evd(Symmetricity.Symmetric);
        double[] b = new double[n * r];
        for (int k = 0; k < r; k++)
        {
            int at = n - 1 - k;
            double variance = evd.EigenValues[at].Real;
            if (!(variance > 1e-12 * evd.EigenValues[n - 1].Real))
                throw new ArgumentException(
                    $"The data have {k} dimensions, and {r} units are to be read out of them: take fewer, or random parameters.",
                    nameof(trials));
            for (int i = 0; i < n; i++)
                b[(i * r) + k] = Math.Sqrt(variance) * evd.EigenVectors[i, at];
        }
        model.Parameters.Set(RecurrentKind.ObservationWeights, b);
        return [.. trials.Select(trial => Components(model, trial))];
    }

    private static TimeSeries Components(RecurrentModel model, TimeSeries trial)
    {
        double[] state = new double[model.Latent], values = new double[trial.Length * model.Read];
        for (int t = 0; t < trial.Length; t++)
        {
            if (TensorPrimitives.IsFiniteAll(trial.Row(t)))
                model.InitialState(trial.Row(t), state);
            else
                state.AsSpan().Fill(double.NaN);
            state.AsSpan(0, model.Read).CopyTo(values.AsSpan(t * model.Read));
        }
        return new(values, model.Read, trial.Dt);
    }
}
