using System.Globalization;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Reports;

namespace Attractor;

/// <content>The report of a reconstruction in one call.</content>
public sealed partial record Report
{
    /// <summary>
    /// Writes the report of a trained network: both attractors, a forecast, spectra, the return map, the training and the scores.
    /// </summary>
    /// <param name="path">The HTML file.</param>
    /// <param name="model">The trained network.</param>
    /// <param name="result">How it was trained.</param>
    /// <param name="data">The true series.</param>
    /// <param name="orbit">What the network generated, in the same units.</param>
    /// <param name="score">How the two compare.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(
        string path, RecurrentModel model, TrainingResult result, TimeSeries data, TimeSeries orbit, Reconstruction score)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(score);
        new ReconstructionReport
        {
            Title = $"A {model.Kind} beside its data",
            Subtitle = string.Create(
                CultureInfo.InvariantCulture,
                $"{model.Observed} observed variables, {model.Latent} latent units, {model.Parameters.Count} parameters; "
                + $"{result.State.Update} updates in {result.Seconds:F1} s."),
            Truth = data,
            Generated = orbit,
            Forecast = TypicalForecast.Of(model, data),
            Losses = result.Losses,
            Scores = ScoreRows.Of(score),
        }.ToReport().Save(path);
    }
}
