using Attractor.Dynamics;
using Attractor.Tests.Dynamics.Cycles;

namespace Attractor.Tests.Dynamics.Basins;

public sealed class OrbitEndTests
{
    [Fact]
    public void A_cycle_has_as_many_states_as_its_order_says()
    {
        // x' = 1 - 1.25 |x| / 1 on one side: z' = a z + w relu(z) + h with slopes 0.5 and -0.5 has the fixed point 2/3, with slopes
        // 0.5 and -2 at h = 1 the cycle of two through the fold.
        Check(new([0.5], new[,] { { -1.0 } }, [1]), 1);
        Check(new([-0.25], new[,] { { -1.5 } }, [1]), 2);
    }

    private static void Check(TestPlrnn map, int order)
    {
        OrbitEnd end = OrbitEnd.Of(map, [0.3], [1], new() { Columns = (-3, 3), Rows = (-1, 1), Settle = 400, Most = 800 });
        Assert.Equal((order, order), (end.Order, end.States.Count));
        double[] next = new double[1];
        for (int k = 0; k < order; k++)
        {
            map.Step(end.States[k], next);
            Assert.Equal(end.States[(k + 1) % order][0], next[0], 1e-9);
        }
        Assert.Equal(end.States.Min(s => s[0]), end.Lower[0]);
        Assert.Equal(end.States.Max(s => s[0]), end.Upper[0]);
    }
}
