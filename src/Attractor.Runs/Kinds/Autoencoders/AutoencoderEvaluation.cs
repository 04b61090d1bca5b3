using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Evaluation;

namespace Attractor.Runs;

/// <summary>Bounds on log p(x) of a variational autoencoder, and what its latent variables carry.</summary>
internal sealed class AutoencoderEvaluation() : Capability<BoundOptions>(Verbs.Evaluate)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);

    protected override Answer Ask(TrainedModel model, BoundOptions options, Request request)
    {
        AutoencoderSource source = AutoencoderSource.Of(model);
        ObservationRows rows = source.Read(request.Data, selection: request.Selection);
        int count = Math.Min(options.Samples ?? rows.Count, rows.Count);
        IReadOnlyList<ImportanceWeightedEstimate> estimates = ImportanceWeighting.Estimate(
            source.Model,
            rows.Samples.Take(count),
            options.Draws,
            (ulong)options.Seed,
            request.Messages is { } messages ? new Counter(count, messages) : null,
            request.Token);
        float[] means = source.Model.Encode(rows.Take(count)).Means;
        int active = ActiveUnits.Count(means, source.Model.Latent);
        JsonObject json = new()
        {
            ["samples"] = count,
            ["bounds"] = new JsonArray([.. estimates.Select(e => new JsonObject
            {
                ["draws"] = e.Draws,
                ["log_likelihood_bound"] = Json.Number(e.Mean),
                ["standard_error"] = Json.Number(e.StandardError),
            })]),
            ["latent"] = source.Model.Latent,
            ["active_units"] = active,
        };
        IEnumerable<string> lines = estimates.Select(e => string.Create(
            CultureInfo.InvariantCulture,
            $"log p(x) >= {e.Mean,9:F3} +- {e.StandardError:F3} nats a sample, K = {e.Draws:N0}{(e.Draws == 1 ? " (ELBO)" : "")}"));
        return new Scores(json, string.Join('\n', lines.Append(string.Create(
            CultureInfo.InvariantCulture,
            $"{active} of {source.Model.Latent} latent variables are active (their posterior means vary by more than "
            + $"{ActiveUnits.Threshold})\n  next: attractor report {RunCommands.Quote(model.Path)}"))));
    }

    private sealed class Counter(int of, IProgress<string> messages) : IProgress<int>
    {
        private readonly System.Diagnostics.Stopwatch _clock = System.Diagnostics.Stopwatch.StartNew();
        private readonly Lock _lock = new();
        private TimeSpan _last;

        public void Report(int value)
        {
            lock (_lock)
            {
                if (_clock.Elapsed - _last < s_interval)
                    return;
                _last = _clock.Elapsed;
                double rate = value / _clock.Elapsed.TotalSeconds;
                messages.Report(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{value:N0} of {of:N0} samples, {rate:N0}/s, {TimeSpan.FromSeconds((of - value) / rate):m\\:ss} left"));
            }
        }
    }
}
