using Attractor.Differentiation;

namespace Attractor.Tests.Differentiation;

public sealed unsafe class ArenaTests
{
    [Fact]
    public void Every_piece_begins_at_a_cache_line_also_when_all_was_taken_back()
    {
        using Arena<double> arena = new();
        for (int round = 0; round < 3; round++)
        {
            double* first = arena.Take(3), second = arena.Take(1);
            Assert.Equal(0u, (nuint)first % 64);
            Assert.Equal(8, second - first);
            arena.Reset();
        }
    }
}
