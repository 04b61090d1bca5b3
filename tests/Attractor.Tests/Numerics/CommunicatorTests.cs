using System.Collections.Concurrent;
using Attractor.Numerics;

namespace Attractor.Tests.Numerics;

public sealed class CommunicatorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void Each_part_is_one_ranks_and_all_know_all(int size)
    {
        const int Parts = 7;
        Communicator.OnThreads(size, ranks =>
        {
            Assert.Equal(size, ranks.Size);
            double[] values = new double[2 * Parts];
            (int first, int end) = ranks.Share(Parts);
            ranks.Exchange(
                () =>
                {
                    for (int part = first; part < end; part++)
                        (values[2 * part], values[(2 * part) + 1]) = (part, ranks.Rank);
                },
                values,
                Parts);
            for (int part = 0; part < Parts; part++)
                Assert.Equal((part, ranks.OwnerOf(part, Parts)), ((int)values[2 * part], (int)values[(2 * part) + 1]));
            byte[] word = ranks.FromFirst(ranks.Rank == 0 ? [1, 2, 3] : null);
            Assert.Equal(new byte[] { 1, 2, 3 }, word);
        });
    }

    [Fact]
    public void What_fails_on_one_rank_ends_all_of_them_at_the_same_place()
    {
        ConcurrentBag<string> heard = [];
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => Communicator.OnThreads(4, ranks =>
        {
            try
            {
                for (int step = 0; ; step++)
                    ranks.Together(() =>
                    {
                        if (ranks.Rank == 2 && step == 5)
                            throw new ArgumentException("no such row");
                    });
            }
            catch (ArgumentException e)
            {
                heard.Add(e.Message);
                throw;
            }
        }));
        Assert.Contains("no such row", thrown.Message);
        Assert.Equal(4, heard.Count);
        Assert.Equal(3, heard.Count(m => m == "rank 2: no such row"));
    }

    [Fact]
    public void What_fails_between_two_places_is_heard_at_the_next()
        => Assert.Contains("full", Assert.Throws<IOException>(() => Communicator.OnThreads(3, ranks =>
        {
            // The first writes a checkpoint, and the disk is full; the others wait for it in the next exchange.
            if (ranks.Rank == 0)
                throw new IOException("the disk is full");
            ranks.Exchange(() => { }, new double[6], 6);
        })).Message);

    [Fact]
    public void What_cancels_one_rank_is_cancelled_on_all_after_the_same_step()
    {
        int[] steps = new int[4];
        using CancellationTokenSource one = new();
        Communicator.OnThreads(4, ranks =>
        {
            CancellationToken agreed = ranks.Watch(ranks.Rank == 1 ? one.Token : CancellationToken.None);
            Assert.Equal(agreed, ranks.Watch(agreed));
            for (; !agreed.IsCancellationRequested; steps[ranks.Rank]++)
                ranks.Together(() =>
                {
                    if (ranks.Rank == 1 && steps[1] == 3)
                        one.Cancel();
                });
        });
        Assert.Equal([4, 4, 4, 4], steps);
    }

    [Fact]
    public void Ranks_that_are_about_different_things_are_refused()
    {
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => Communicator.OnThreads(
            3, ranks => ranks.RequireSame("the colour", ranks.Rank == 2 ? "red" : "blue")));
        Assert.Contains("the colour is red and not blue as on rank 0", thrown.Message);
        Communicator.OnThreads(3, ranks => ranks.RequireSame("the colour", "blue"));
    }
}
