using System.Numerics.Tensors;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Forecasting;

/// <summary>Vector autoregressions at many penalties: the products of the features are formed once for all penalties.</summary>
internal static class AutoregressionPath
{
    public static IReadOnlyList<IForecaster?> Fit(
        IReadOnlyList<TimeSeries> pieces, IReadOnlyList<ForecastSetting> settings, CancellationToken cancellationToken)
    {
        Dictionary<AutoregressionSetting, IForecaster?> fitted = [];
        foreach (IGrouping<(int, int, int), AutoregressionSetting> same in settings.Cast<AutoregressionSetting>().GroupBy(s => s.Features))
        {
            cancellationToken.ThrowIfCancellationRequested();
            AutoregressionSetting first = same.First();
            using RidgeStatistics? products = Products(Create(first), pieces);
            foreach (AutoregressionSetting setting in same)
                fitted[setting] = products is null ? null : Solve(setting, products);
        }
        return [.. settings.Select(setting => fitted[(AutoregressionSetting)setting])];

        NonlinearVectorAutoregression Create(AutoregressionSetting s)
            => new(pieces[0].Dimension, s.Delays, s.Stride, [.. Enumerable.Range(1, s.Degree)]);

        MapForecaster? Solve(AutoregressionSetting setting, RidgeStatistics products)
        {
            RidgeFit fit = RidgeRegression.Solve(products, setting.Ridge);
            if (!TensorPrimitives.IsFiniteAll<double>(fit.Weights))
                return null;
            NonlinearVectorAutoregression model = Create(setting);
            model.SetReadout(fit.Weights);
            return new(model);
        }
    }

    // Null where there are not twice as many samples as features.
    private static RidgeStatistics? Products(NonlinearVectorAutoregression model, IReadOnlyList<TimeSeries> pieces)
    {
        int n = model.Observed;
        long samples = pieces.Sum(piece => Math.Max(0L, piece.Length - 1 - model.WarmUp));
        if (samples < 2L * model.FeatureCount)
            return null;
        RidgeStatistics products = new(model.FeatureCount, n);
        double[] state = new double[model.Dimension], features = new double[model.FeatureCount], increment = new double[n];
        foreach (TimeSeries piece in pieces)
            for (int t = model.WarmUp; t < piece.Length - 1; t++)
            {
                for (int delay = 0; delay < model.Delays; delay++)
                    piece.Row(t - (delay * model.Stride)).CopyTo(state.AsSpan(delay * model.Stride * n));
                TensorPrimitives.Subtract(piece.Row(t + 1), piece.Row(t), increment);
                model.WriteFeatures(state, features);
                products.Add(features, increment);
            }
        return products;
    }
}
