using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Cli.Runs;
using Attractor.Evaluation;

namespace Attractor.Cli.Autoencoders;

/// <summary>What <c>attractor evaluate</c> does with a variational autoencoder: bounds on log p(x), and what the latent variables carry.</summary>
internal static class AutoencoderEvaluation
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);

    /// <summary>Evaluates on observations.</summary>
    /// <param name="source">The model.</param>
    /// <param name="data">Images or a table; null for what its run was tested on.</param>
    /// <param name="draws">Numbers of importance samples between commas.</param>
    /// <param name="samples">How many observations, from the first on; null for all.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <param name="json">Whether to print JSON.</param>
    /// <param name="quiet">Whether to say nothing meanwhile.</param>
    /// <param name="token">Cancels.</param>
    public static int Run(AutoencoderSource source, string? data, string draws, int? samples, long seed, bool json, bool quiet, CancellationToken token)
    {
        int[] numbers = Numbers(draws);
        ObservationRows rows = source.Read(data);
        if (samples is < 1)
            throw new ArgumentException($"--samples must be positive, not {samples}");
        if (seed < 0)
            throw new ArgumentException($"--seed must not be negative, not {seed}");
        int count = Math.Min(samples ?? rows.Count, rows.Count);
        IReadOnlyList<ImportanceWeightedEstimate> estimates = ImportanceWeighting.Estimate(
            source.Model, rows.Samples.Take(count), numbers, (ulong)seed, quiet ? null : new Counter(count), token);
        float[] means = source.Model.Encode(rows.Take(count)).Means;
        int active = ActiveUnits.Count(means, source.Model.Latent);
        if (json)
        {
            Json.Print(new JsonObject
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
            });
            return 0;
        }
        foreach (ImportanceWeightedEstimate e in estimates)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"log p(x) >= {e.Mean,9:F3} +- {e.StandardError:F3} nats a sample, K = {e.Draws:N0}{(e.Draws == 1 ? " (ELBO)" : "")}"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{active} of {source.Model.Latent} latent variables are active (their posterior means vary by more than {ActiveUnits.Threshold})\n  next: attractor report {RunCommands.Quote(source.Source.Path)}"));
        return 0;
    }

    /// <summary>Numbers of draws, as the command line has them.</summary>
    public static int[] Numbers(string text)
    {
        string[] words = text.Split(',');
        int[] numbers = new int[words.Length];
        for (int i = 0; i < words.Length; i++)
            if (!int.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]) || numbers[i] is < 1 or > 1_000_000)
                throw new ArgumentException($"--draws takes whole numbers of 1 to 1000000 between commas, such as 1,100,5000, not {text}");
        return numbers;
    }

    private sealed class Counter(int of) : IProgress<int>
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
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value:N0} of {of:N0} samples, {rate:N0}/s, {TimeSpan.FromSeconds((of - value) / rate):m\\:ss} left"));
            }
        }
    }
}
