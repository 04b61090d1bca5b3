using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Models.Recurrent;

public sealed class RandomFeaturesTests
{
    [Fact]
    public void A_feature_of_a_shallow_network_has_a_unit_weight_in_scaled_units_and_bends_at_a_state()
    {
        ShallowPlrnn network = new(3, 3, 40, seed: 1);
        double[] states = [0.5, -2, 1, 3, 1, -1, -0.25, 0.75, 2], scale = [2, 0.5, 3];
        ((IRandomFeatureNetwork)network).DrawFeatures(states, scale, new RandomStream(3, "features"));
        double[] w = network.Parameters["W2"].ToArray(), h = network.Parameters["h2"].ToArray();
        for (int j = 0; j < 40; j++)
        {
            Assert.Equal(1, Enumerable.Range(0, 3).Sum(k => Math.Pow(w[(3 * j) + k] * scale[k], 2)), 1e-12);
            Assert.Contains(
                Enumerable.Range(0, 3),
                row => Math.Abs(h[j] + Enumerable.Range(0, 3).Sum(k => w[(3 * j) + k] * states[(3 * row) + k])) < 1e-12);
        }
    }
}
