using Attractor.Numerics;

namespace Attractor.Runs.Tests;

public sealed class SamplerTests(ITestOutputHelper output)
{
    private static readonly StudySpace s_mixed = StudySpace.Parse(
        "shplrnn", ["lr=1e-5..1e-1", "hidden=2..64", "forcing=gtf,stf", "alpha=0..1 if forcing=gtf", "optimizer=adam,radam,sgd"]);

    public static TheoryData<string> Names => [.. StudySampler.All.Where(s => s.Name != "grid").Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_number_and_history_give_the_same_point_in_the_space(string name)
    {
        StudySampler sampler = StudySampler.Find(name);
        List<SampledTrial> ended = [];
        for (int number = 0; number < 60; number++)
        {
            double[] point = sampler.Sample(s_mixed, 7, number, ended);
            Assert.Equal(point, StudySampler.Find(name).Sample(s_mixed, 7, number, ended));
            Assert.InRange(point[0], 1e-5, 1e-1);
            Assert.InRange(point[1], 2, 64);
            Assert.Equal(point[1], Math.Round(point[1]));
            Assert.Equal(point[2] == 0, !double.IsNaN(point[3]));
            Assert.Contains(point[4], new double[] { 0, 1, 2 });
            ended.Add(new(number, point, [Math.Abs(Math.Log10(point[0]) + 3) + point[1]], number % 9 == 8 ? 5 : null));
        }
    }

    [Fact]
    public void What_does_not_learn_depends_on_no_trial_that_ended()
    {
        SampledTrial other = new(0, s_mixed.Masked([1e-3, 5, 0, 0.5, 1]), [1.0], null);
        foreach (StudySampler sampler in (StudySampler[])[new RandomSampler(), new SobolSampler()])
            Assert.Equal(sampler.Sample(s_mixed, 1, 3, []), sampler.Sample(s_mixed, 1, 3, [other]));
    }

    [Fact]
    public void Every_coordinate_of_a_sobol_sequence_visits_each_of_2_to_the_k_parts_once()
    {
        for (int d = 0; d < SobolSequence.MostDimensions; d++)
            foreach (uint shift in (uint[])[0, 0xDEADBEEF])
                Assert.Equal(
                    Enumerable.Range(0, 256),
                    Enumerable.Range(256, 256).Select(n => (int)(256 * SobolSequence.At(n, d, shift))).Order());
    }

    [Fact]
    public void The_first_points_are_those_of_the_published_table()
    {
        // Gray code order, as S. Joe and F. Y. Kuo's program prints them.
        double[][] expected =
            [[0, 0, 0, 0], [0.5, 0.5, 0.5, 0.5], [0.75, 0.25, 0.25, 0.25], [0.25, 0.75, 0.75, 0.75], [0.375, 0.375, 0.625, 0.875]];
        for (int n = 0; n < expected.Length; n++)
            Assert.Equal(expected[n], Enumerable.Range(0, 4).Select(d => SobolSequence.At(n, d, 0)));
    }

    [Fact]
    public void A_density_of_what_was_tried_integrates_to_one_and_draws_follow_it()
    {
        StudyDimension range = StudySpace.Parse("shplrnn", ["alpha=0..1"]).Dimensions[0],
            whole = StudySpace.Parse("shplrnn", ["hidden=3..9"]).Dimensions[0],
            list = StudySpace.Parse("shplrnn", ["optimizer=adam,radam,sgd"]).Dimensions[0];
        ParzenEstimator ofRange = new(range, [0.1, 0.12, 0.8, 0.95]);
        Assert.Equal(1, Enumerable.Range(0, 10_000).Average(i => Math.Exp(ofRange.LogDensity((i + 0.5) / 10_000))), 1e-6);
        ParzenEstimator ofWhole = new(whole, [3, 4, 4, 9]);
        double[] probabilities = [.. Enumerable.Range(3, 7).Select(i => Math.Exp(ofWhole.LogDensity(i)))];
        Assert.Equal(1, probabilities.Sum(), 1e-12);
        ParzenEstimator ofList = new(list, [0, 0, 2]);
        // Kernels of weight 1/4 each: twice the first word, once the last, once none; a word that was tried has 1 + 1/4, another 1/4.
        double other = 0.25 / 1.75, tried = 1.25 / 1.75;
        Assert.Equal(0.25 * ((2 * tried) + other + (1.0 / 3)), Math.Exp(ofList.LogDensity(0)), 1e-12);
        Assert.Equal(1, Enumerable.Range(0, 3).Sum(i => Math.Exp(ofList.LogDensity(i))), 1e-12);

        RandomStream random = new(1, "test");
        const int Draws = 20_000;
        int[] counts = new int[7];
        for (int i = 0; i < Draws; i++)
            counts[(int)ofWhole.Draw(random) - 3]++;
        for (int i = 0; i < 7; i++)
            Assert.InRange(((double)counts[i] / Draws) - probabilities[i], -0.015, 0.015);
    }

    [Theory]
    [InlineData("sphere")]
    [InlineData("branin")]
    [InlineData("mixed")]
    public void The_estimator_finds_less_than_random_search_in_as_many_trials(string name)
    {
        (StudySpace space, Func<double[], double> function) = ClosedForms.Of(name);
        Beats(name, space, (point, _) => function(point), 60);
    }

    // A minute of a core each; docs/results.md has what comes out.
    [Theory(Explicit = true)]
    [InlineData("narma-10")]
    [InlineData("mackey-glass")]
    public void So_it_does_for_the_settings_of_a_reservoir(string name)
        => Beats(name, ReservoirTasks.Space, (point, seed) => ReservoirTasks.Error(name, point, seed), 60);

    private void Beats(string name, StudySpace space, Func<double[], int, double> function, int trials)
    {
        const int Repetitions = 20;
        double[] learnt = new double[Repetitions], random = new double[Repetitions];
        for (int seed = 0; seed < Repetitions; seed++)
        {
            learnt[seed] = ClosedForms.Best(new ParzenSampler(), space, x => function(x, seed), seed, trials);
            random[seed] = ClosedForms.Best(new RandomSampler(), space, x => function(x, seed), seed, trials);
        }
        int wins = learnt.Zip(random).Count(p => p.First < p.Second);
        double median = learnt.Order().ElementAt(Repetitions / 2), other = random.Order().ElementAt(Repetitions / 2);
        // Whether the one or the other is better in a repetition would be the toss of a coin.
        double chance = 2 * MathNet.Numerics.Distributions.Binomial.CDF(0.5, Repetitions, Repetitions - wins);
        double unpaired = new StudyComparison(name, false, learnt, random).Probability;
        output.WriteLine(FormattableString.Invariant(
            $"{name}: tpe {median:G3}, random {other:G3}, {wins} of {Repetitions} wins, sign test {chance:G2}, ")
            + FormattableString.Invariant($"Mann-Whitney {unpaired:G2}"));
        Assert.True(median < other, FormattableString.Invariant($"{median} against {other}"));
        Assert.True(chance < 0.05, FormattableString.Invariant($"{chance}"));
    }

    [Fact]
    public void The_front_has_what_nothing_is_better_than_and_ranks_fronts_one_after_another()
    {
        double[][] points = [[1, 4], [2, 2], [4, 1], [2, 5], [3, 3], [5, 5]];
        Assert.Equal(points[..3], ParetoFront.Of(points, p => p));
        Assert.Equal([5.0, 5], ParetoFront.Ranked(points, p => p).Last());
        Assert.Equal(6, ParetoFront.Ranked(points, p => p).Distinct().Count());
    }
}
