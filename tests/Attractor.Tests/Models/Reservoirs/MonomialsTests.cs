using Attractor.Models;

namespace Attractor.Tests.Models.Reservoirs;

public sealed class MonomialsTests
{
    // Of m variables there are C(m + p - 1, p) of order p.
    [Fact]
    public void They_are_counted_up_to_a_limit_and_beyond_it_told_to_be_more()
    {
        Assert.Equal(2 + 3 + 4, Monomials.CountOf(2, [1, 2, 3], 100));
        Assert.Equal(9, Monomials.CountOf(2, [1, 2, 3], 9));
        foreach (long limit in (long[])[1, 2, 4, 5, 8])
            Assert.True(Monomials.CountOf(2, [1, 2, 3], limit) > limit, $"{limit}");
        Assert.True(Monomials.CountOf(1_000_000, [1, 9], 1_000_000) > 1_000_000);
    }
}
