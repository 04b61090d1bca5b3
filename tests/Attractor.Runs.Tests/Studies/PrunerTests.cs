namespace Attractor.Runs.Tests;

public sealed class PrunerTests
{
    private static readonly PruningSchedule s_schedule = new(First: 10, Last: 90, Factor: 3, Seed: 4);

    [Fact]
    public void The_median_prunes_what_was_never_as_good_as_half_of_the_completed_trials_at_that_step()
    {
        PrunedCurve[] completed = [.. Enumerable.Range(1, 5).Select(v => new PrunedCurve(v, true, [(10, 2 * v), (20, v)]))];
        MedianPruner pruner = new();

        Assert.True(pruner.IsToBePruned(new(9, false, [(10, 9), (20, 3.1)]), completed, s_schedule));
        Assert.False(pruner.IsToBePruned(new(9, false, [(10, 9), (20, 2.9)]), completed, s_schedule));
        // What was good once is not given up for a step that is not.
        Assert.False(pruner.IsToBePruned(new(9, false, [(10, 2), (20, 4)]), completed, s_schedule));
        Assert.False(pruner.IsToBePruned(new(9, false, [(10, 9), (20, 9)]), completed[1..], s_schedule));
        Assert.False(pruner.IsToBePruned(new(9, false, [(5, 9)]), completed, s_schedule));
    }

    [Fact]
    public void Halving_lets_a_third_go_on_at_steps_that_grow_threefold()
    {
        SuccessiveHalvingPruner pruner = new();
        PrunedCurve[] others = [.. Enumerable.Range(1, 8).Select(v => new PrunedCurve(v, false, [(10, v), (20, v), (30, v)]))];

        Assert.False(pruner.IsToBePruned(new(9, false, [(10, 2.5)]), others, s_schedule));
        Assert.True(pruner.IsToBePruned(new(9, false, [(10, 3.5)]), others, s_schedule));
        Assert.False(pruner.IsToBePruned(new(9, false, [(10, 2.5), (20, 99)]), others, s_schedule));
        Assert.True(pruner.IsToBePruned(new(9, false, [(10, 2.5), (20, 1), (30, 99)]), others, s_schedule));
        // Fewer than three came as far: only the best goes on.
        Assert.True(pruner.IsToBePruned(new(9, false, [(10, 1.5)]), others[..1], s_schedule));
        Assert.False(pruner.IsToBePruned(new(9, false, [(10, 1.5)]), [], s_schedule));
        // A trial that is done is not pruned.
        Assert.False(pruner.IsToBePruned(new(9, false, [(60, 1), (90, 99)]), others, s_schedule));
    }

    [Fact]
    public void Hyperband_divides_trials_among_halvings_that_begin_later_and_compares_within_each()
    {
        int[] brackets = [.. Enumerable.Range(0, 900).Select(n => HyperbandPruner.BracketOf(n, s_schedule))];
        Assert.Equal([0, 1, 2], brackets.Distinct().Order());
        // Of 9, 5 and 3 trials in their order.
        Assert.InRange(brackets.Count(b => b == 0), 900 * 9 / 17 - 60, 900 * 9 / 17 + 60);
        int late = Array.IndexOf(brackets, 2), early = Array.IndexOf(brackets, 0);
        PrunedCurve[] better = [.. Enumerable.Range(0, 900).Where(n => n != late && n != early).Select(
            n => new PrunedCurve(n, false, [(10, 0)]))];

        Assert.True(new HyperbandPruner().IsToBePruned(new(early, false, [(10, 1)]), better, s_schedule));
        Assert.False(new HyperbandPruner().IsToBePruned(new(late, false, [(10, 1)]), better, s_schedule));
    }
}
