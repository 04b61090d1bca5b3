using Attractor.Data;
using Attractor.Models;
using Attractor.Systems;

namespace Attractor.Learning;

/// <summary>
/// Initial parameters from the data: the boundaries of the hidden units pass through rows of the data, and what is linear is fitted by
/// least squares to the next row, so that teacher forcing begins with a network that forecasts already.
/// </summary>
/// <remarks>
/// Units beyond the observed ones begin as moving averages of the data: each follows one variable, z' = a z + (1 - a) x, with memories
/// spread geometrically from two rows to <see cref="LongestMemory"/> rows, so that they know what one row does not tell. The data should be
/// standardised. Under an affine observation the units that are read begin as the leading principal components of the data, in standard
/// deviations, and all of the above is of these; under an observation model they begin as those of smoothed data. External
/// inputs are regressors beside the hidden units: their weights are those of C.
/// </remarks>
public sealed record DataDrivenStart
{
    private const int MostSamples = 20_000;
    private const double ShortestMemory = 2;

    /// <summary>Time constant of the slowest of the units that are not observed, in rows.</summary>
    public double LongestMemory { get; init; } = 200;

    /// <summary>a of the observed units, which the fit makes up for: beyond the data they decay.</summary>
    public double Decay { get; init; } = 0.995;

    /// <summary>Weight of the squared weights for each sample: the fit leans towards rows that stay as they are.</summary>
    public double Ridge { get; init; } = 1e-4;

    /// <summary>Whether the network is of a form that can begin so: with features to draw, and no more units read than there are
    /// variables.</summary>
    public static bool Suits(RecurrentModel model) => model is IRandomFeatureNetwork && model.Read <= model.Observed;

    /// <summary>
    /// Sets encoder and decoder of a network of any kind with an observation model: the encoder to the principal components of smoothed
    /// data, the decoder to what is likeliest beside them.
    /// </summary>
    /// <param name="model">The network.</param>
    /// <param name="trials">Series of its N observed variables.</param>
    /// <returns>What the encoder makes of the trials, T x R each.</returns>
    /// <exception cref="ArgumentException">The network has no observation model.</exception>
    public static IReadOnlyList<TimeSeries> ApplyEncoder(RecurrentModel model, IReadOnlyList<TimeSeries> trials)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(trials);
        return model.Readout is not null
            ? EncoderStart.Of(model, trials)
            : throw new ArgumentException("Only the observations of an observation model are encoded.", nameof(model));
    }

    /// <summary>Sets the parameters of a network.</summary>
    /// <param name="model">An <see cref="IRandomFeatureNetwork"/>.</param>
    /// <param name="trials">Series of its N observed variables; rows next to a missing value are left out.</param>
    /// <param name="seed">Of the draws.</param>
    /// <exception cref="ArgumentException">The network has no features to draw, or the data have no two rows in succession.</exception>
    public void Apply(RecurrentModel model, IReadOnlyList<TimeSeries> trials, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(trials);
        if (model is not IRandomFeatureNetwork network)
            throw new ArgumentException($"A {model.Kind} has no features that could be drawn.", nameof(model));
        if (model.Read > model.Observed)
            throw new ArgumentException(
                $"{model.Observed} variables have no {model.Read} principal components to begin with: begin with random parameters.",
                nameof(model));
        foreach (TimeSeries trial in trials)
            DrivenMap.Require(model, trial.Inputs);
        IReadOnlyList<TimeSeries>? inputs = ExternalInputs.Of(model, trials);
        if (model.Readout is not null)
            trials = EncoderStart.Of(model, trials);
        else if (model.IsAffine)
            trials = PrincipalStart.Of(model, trials);
        MovingAverages averages = new(model.Read, model.Latent, ShortestMemory, LongestMemory, trials);
        (double[] states, double[] next, double[] external) = averages.Pairs(MostSamples, inputs);
        network.DrawFeatures(states, [.. Standardization.Of([new(states, model.Latent)]).Scale], new(seed, "features"));
        FitReadout(network, model, averages.Decays(Decay), states, next, external);
        if (model.Latent > model.Read)
            FitInitialState(model, states);
    }

    private void FitReadout(
        IRandomFeatureNetwork network, RecurrentModel model, double[] decay, double[] states, double[] next, double[] external)
    {
        int m = model.Latent, inputs = model.Inputs, hidden = network.Features;
        using RidgeStatistics statistics = new(hidden + inputs, m, intercept: true);
        double[] features = new double[hidden + inputs], target = new double[m];
        for (int row = 0; row < states.Length; row += m)
        {
            network.FeaturesOf(states.AsSpan(row, m), features.AsSpan(0, hidden));
            external.AsSpan(row / m * inputs, inputs).CopyTo(features.AsSpan(hidden));
            for (int k = 0; k < m; k++)
                target[k] = next[row + k] - (decay[k] * states[row + k]);
            statistics.Add(features, target);
        }
        RidgeFit fit = RidgeRegression.Solve(statistics, Ridge * statistics.Samples);
        double[] weights = new double[m * hidden], c = new double[m * inputs];
        for (int i = 0; i < m; i++)
        {
            ReadOnlySpan<double> row = fit.Weights.AsSpan(i * (hidden + inputs), hidden + inputs);
            row[..hidden].CopyTo(weights.AsSpan(i * hidden));
            row[hidden..].CopyTo(c.AsSpan(i * inputs));
        }
        network.SetReadout(decay, weights, fit.Constants);
        if (model.InputWeights is { } tensor)
            model.Parameters.Set(tensor.Name, c);
    }

    // z_1 = [x; L x]: the units that are not observed as far as one row tells them.
    private static void FitInitialState(RecurrentModel model, double[] states)
    {
        int n = model.Read, m = model.Latent;
        using RidgeStatistics statistics = new(n, m - n);
        for (int row = 0; row < states.Length; row += m)
            statistics.Add(states.AsSpan(row, n), states.AsSpan(row + n, m - n));
        double[] values = model.Parameters.Values.ToArray();
        ParameterTensor map = model.InitialStateMap!;
        RidgeRegression.Solve(statistics, 1e-6 * statistics.Samples).Weights.CopyTo(values.AsSpan(map.Offset, map.Count));
        model.Parameters.Set(values);
    }
}
