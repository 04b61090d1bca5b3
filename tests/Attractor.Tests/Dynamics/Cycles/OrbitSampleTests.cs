using Attractor.Dynamics;
using Attractor.Systems;

namespace Attractor.Tests.Dynamics.Cycles;

public sealed class OrbitSampleTests
{
    [Fact]
    public void It_holds_the_states_from_the_start_on()
    {
        Logistic map = new();
        double[] state = [0.3];
        foreach (ReadOnlyMemory<double> held in new OrbitSample(map, [0.3]).States())
        {
            Assert.Equal(state[0], held.Span[0]);
            map.Step(state, state);
        }
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(4, 10)]
    public void Returns_are_as_many_as_were_asked_for_the_closest_first(int order, int count)
    {
        Logistic map = new();
        OrbitSample sample = new(map, [0.3]);
        double[] distances = [.. sample.Returns(order, count).Select(start =>
        {
            double[] state = start.ToArray();
            for (int k = 0; k < order; k++)
                map.Step(state, state);
            return Math.Abs(state[0] - start.Span[0]);
        })];
        Assert.Equal(count, distances.Length);
        Assert.Equal(distances.Order(), distances);
        double[] all = [.. sample.States().Select(s => s.Span[0])];
        Assert.Equal(Enumerable.Range(50, all.Length - 50 - order).Min(t => Math.Abs(all[t + order] - all[t])), distances[0]);
    }
}
