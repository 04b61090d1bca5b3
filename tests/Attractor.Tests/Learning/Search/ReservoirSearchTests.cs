using System.Collections.Concurrent;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Tests.Learning.Search;

public sealed class ReservoirSearchTests
{
    private static readonly TimeSeries s_data = new(
        [.. Enumerable.Range(0, 600).Select(i => i % 2 == 0 ? Math.Cos(0.1 * i) : Math.Sin(0.1 * i) + (0.3 * Math.Cos(0.27 * i)))], 2);
    private static readonly TeachingSeries s_training = TeachingSeries.NextStep(s_data.Slice(0, 200)),
        s_test = TeachingSeries.NextStep(s_data.Slice(200, 100));
    private static readonly ReservoirOptions s_small = new() { Units = 20, Seed = 5 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Trials_come_in_the_order_of_the_candidates_and_score_what_they_score_alone()
    {
        ReservoirCandidate[] candidates =
        [
            new(s_small, 1e-2),
            new(s_small with { Leak = 0.3 }, 1e-2),
            new(s_small, 1),
            new(s_small with { Units = 10 }, 1),
            new(s_small, 1e-6)
        ];
        IReadOnlyList<ReservoirTrial> trials = Search().Run(candidates, cancellationToken: Token);
        Assert.Equal(candidates, trials.Select(t => t.Candidate));
        for (int i = 0; i < candidates.Length; i++)
        {
            Assert.Equal(2, trials[i].Scores.Distinct().Count());
            Assert.Equal(Search().Run([candidates[i]], cancellationToken: Token)[0].Scores, trials[i].Scores);
        }
        Assert.Equal(candidates.Length, trials.Select(t => t.Mean).Distinct().Count());
    }

    [Fact]
    public void Candidates_that_differ_in_lambda_share_their_draws()
    {
        ConcurrentBag<ReservoirOptions> drawn = [];
        ReservoirSearch search = Search(create: options =>
        {
            drawn.Add(options);
            return new(2, options);
        });
        search.Run(
            [new(s_small, 1e-2), new(s_small with { Leak = 0.3 }, 1e-2), new(s_small, 1), new(s_small, 1e-6)], cancellationToken: Token);
        Assert.Equal(
            [s_small with { Leak = 0.3 }, s_small, s_small with { Leak = 0.3, Seed = 6 }, s_small with { Seed = 6 }],
            drawn.OrderBy(o => o.Seed).ThenBy(o => o.Leak));
    }

    [Fact]
    public void A_score_is_that_of_a_network_trained_by_itself_with_the_seed_of_the_repetition()
    {
        ReservoirTrial trial = Search().Run([new(s_small, 1e-3)], cancellationToken: Token)[0];
        for (int repetition = 0; repetition < 2; repetition++)
        {
            EchoStateNetwork network = new(2, s_small with { Seed = 5 + (ulong)repetition });
            ReadoutTraining.Fit(network, [s_training], new() { Ridge = 1e-3, Washout = 20 }, cancellationToken: Token);
            double expected = OneStepError.Of(network, s_test, 20);
            Assert.Equal(expected, trial.Scores[repetition], 1e-9 * expected);
        }
        Assert.Equal(trial.Scores.Average(), trial.Mean);
        Assert.Equal(Math.Abs(trial.Scores[0] - trial.Scores[1]) / Math.Sqrt(2), trial.StandardDeviation, 1e-12);
        Assert.Equal(trial.StandardDeviation / Math.Sqrt(2), trial.StandardError);
    }

    [Theory]
    [InlineData(100, 2, 1.5, new[] { 100, 50 })]
    [InlineData(100, 2, 5, new[] { 100, 50, 25, 12 })]
    [InlineData(6, 2, 100, new[] { 6, 3, 1 })]
    [InlineData(4, 1.0001, 100, new[] { 4, 3, 2, 1 })]
    public void A_line_stops_after_the_first_size_above_the_limit_or_at_one_unit(int units, double factor, double limit, int[] expected)
    {
        List<ReservoirTrial> told = [];
        IReadOnlyList<ReservoirTrial> line = Search(score: n => 1.0 / n.Reservoir.Units).Line(
            new(s_small with { Units = units }, 1e-2), factor, limit, new Each<ReservoirTrial>(told.Add), Token);
        Assert.Equal(expected, line.Select(t => t.Candidate.Reservoir.Units));
        Assert.Equal(line, told);
    }

    [Fact]
    public void A_line_whose_first_size_has_no_score_is_that_size()
        => Assert.Equal(
            [20],
            Search(score: _ => double.NaN).Line(new(s_small, 1e-2), cancellationToken: Token).Select(t => t.Candidate.Reservoir.Units));

    [Fact]
    public void Progress_counts_networks_up_to_all_of_them()
    {
        ConcurrentBag<(int Done, int Of)> told = [];
        Search().Run([new(s_small, 1e-2), new(s_small, 1), new(s_small with { Leak = 1 }, 1)], new Each<(int, int)>(told.Add), Token);
        Assert.Equal([(1, 4), (2, 4), (3, 4), (4, 4)], told.Order());
    }

    [Fact]
    public void A_search_can_be_cancelled_before_it_begins_and_while_it_runs()
    {
        int scored = 0;
        using CancellationTokenSource source = new();
        ReservoirSearch search = Search(score: _ =>
        {
            Interlocked.Increment(ref scored);
            source.Cancel();
            return 0;
        });
        ReservoirCandidate[] candidates =
            [.. Enumerable.Range(1, 100).Select(i => new ReservoirCandidate(s_small with { Leak = i / 100.0 }, 1))];
        Assert.ThrowsAny<OperationCanceledException>(() => search.Run(candidates, cancellationToken: source.Token));
        Assert.InRange(scored, 1, 100);
        int before = scored;
        Assert.ThrowsAny<OperationCanceledException>(() => search.Run(candidates, cancellationToken: source.Token));
        Assert.Equal(before, scored);
    }

    [Fact]
    public void A_draw_that_cannot_be_scaled_has_no_score_while_the_others_do()
    {
        // Two signs in each row: one draw in four is nilpotent.
        ReservoirOptions signs = new() { Units = 2, Weights = WeightDistribution.Bernoulli };
        ulong seed = (ulong)Enumerable.Range(0, 1000).First(s => IsNilpotent((ulong)s) && !IsNilpotent((ulong)s + 1));
        IReadOnlyList<ReservoirTrial> trials = Search().Run(
            [new(signs with { Seed = seed }, 1e-2), new(s_small, 1e-2)], cancellationToken: Token);
        Assert.Equal([false, true], trials[0].Scores.Select(double.IsFinite));
        Assert.Equal(double.NaN, trials[0].Mean);
        Assert.True(double.IsFinite(trials[1].Mean));

        bool IsNilpotent(ulong s)
        {
            try
            {
                return new Reservoir(2, signs with { Seed = s }).Units == 0;
            }
            catch (ArgumentException)
            {
                return true;
            }
        }
    }

    [Fact]
    public void Weights_that_are_undetermined_without_a_penalty_have_no_score_while_the_others_do()
    {
        ReservoirOptions many = s_small with { Units = 250 };
        IReadOnlyList<ReservoirTrial> trials = Search().Run([new(many, 0), new(many, 1e-2)], cancellationToken: Token);
        Assert.Equal(double.NaN, trials[0].Mean);
        Assert.True(double.IsFinite(trials[1].Mean));
    }

    [Fact]
    public void What_is_wrong_is_said_as_it_is_without_a_search()
    {
        Assert.Contains(
            "no candidates",
            Assert.Throws<ArgumentException>(() => Search().Run([], cancellationToken: Token)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "The leak must be",
            Assert.Throws<ArgumentException>(() => Search().Run([new(s_small with { Leak = 2 }, 1)], cancellationToken: Token)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "lambda",
            Assert.Throws<ArgumentException>(() => Search().Run([new(s_small, -1)], cancellationToken: Token)).Message,
            StringComparison.Ordinal);
        // Sparse or not: what is wrong with the data is not taken for a bad draw.
        foreach (double? connectivity in (double?[])[null, 0.5])
        {
            Assert.Contains(
                "The washout of 200 states", Assert.Throws<ArgumentException>(() => Search(washout: 200)
                    .Run([new(s_small with { Connectivity = connectivity }, 1)], cancellationToken: Token)).Message,
                StringComparison.Ordinal);
        }
        Assert.Contains(
            "line",
            Assert.Throws<InvalidDataException>(
                () => Search(score: _ => throw new InvalidDataException("line")).Run([new(s_small, 1)], cancellationToken: Token)).Message,
            StringComparison.Ordinal);
    }

    private static ReservoirSearch Search(
        Func<ReservoirOptions, EchoStateNetwork>? create = null, Func<EchoStateNetwork, double>? score = null, int washout = 20) => new()
        {
            Create = create ?? (options => new(2, options)),
            Series = [s_training],
            Readout = new() { Washout = washout },
            Score = score ?? (network => OneStepError.Of(network, s_test, 20)),
            Repetitions = 2,
        };

    /// <summary>At once and on the same thread, where <see cref="Progress{T}"/> would tell later.</summary>
    private sealed class Each<T>(Action<T> act) : IProgress<T>
    {
        public void Report(T value) => act(value);
    }
}
