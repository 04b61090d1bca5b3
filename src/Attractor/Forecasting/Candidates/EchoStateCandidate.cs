using System.Numerics.Tensors;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Forecasting;

/// <summary>Small echo state networks.</summary>
internal sealed class EchoStateCandidate : ForecastCandidate
{
    private const int Units = 150, Washout = 50, FewestRows = 200;

    private static readonly (double Leak, double Radius)[] s_reservoirs = [(1, 0.6), (0.5, 0.9)];
    private static readonly double[] s_ridges = [1e-7, 1e-5, 1e-3, 1e-1];

    public override string Name => "esn";

    public override string Description => FormattableString.Invariant($"echo state network of {Units} units");

    public override string? WhyNot(ForecastContext context)
        => context.Pieces.Max(piece => piece.Length) < FewestRows ? $"it needs {FewestRows} rows without missing values" : null;

    public override IReadOnlyList<ForecastSetting> Settings(ForecastContext context)
        => [.. s_reservoirs.SelectMany(r => s_ridges.Select(ridge => new ReservoirSetting(r.Leak, r.Radius, ridge)))];

    public override IReadOnlyList<IForecaster?> Fit(
        IReadOnlyList<TimeSeries> pieces, IReadOnlyList<ForecastSetting> settings, CancellationToken cancellationToken = default)
    {
        TeachingSeries[] taught = [.. pieces.Where(piece => piece.Length > Washout + 2).Select(TeachingSeries.NextStep)];
        Dictionary<ReservoirSetting, IForecaster?> fitted = [];
        foreach (IGrouping<(double, double), ReservoirSetting> same in settings.Cast<ReservoirSetting>().GroupBy(s => (s.Leak, s.Radius)))
        {
            (double leak, double radius) = same.Key;
            ReservoirOptions drawn = new() { Units = Units, Leak = leak, SpectralRadius = radius, InputScale = 0.5, BiasScale = 0.5 };
            EchoStateNetwork network = new(pieces[0].Dimension, drawn, new(Input: true, Constant: true, Squares: true));
            using RidgeStatistics products = ReadoutTraining.Collect(network, taught, new() { Washout = Washout }, cancellationToken);
            foreach (ReservoirSetting setting in same)
            {
                RidgeFit fit = RidgeRegression.Solve(products, setting.Ridge);
                EchoStateNetwork own = new(network.Reservoir, network.Outputs, network.Features);
                own.SetReadout(fit.Weights, fit.Constants, Washout);
                fitted[setting] = TensorPrimitives.IsFiniteAll<double>(fit.Weights) ? new MapForecaster(own) : null;
            }
        }
        return [.. settings.Select(setting => fitted[(ReservoirSetting)setting])];
    }

    private sealed record ReservoirSetting(double Leak, double Radius, double Ridge) : ForecastSetting(FormattableString.Invariant(
        $"leak {Leak}, spectral radius {Radius}, ridge {Ridge:G3}"));
}
