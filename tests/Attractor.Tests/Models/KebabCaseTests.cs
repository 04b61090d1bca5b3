using Attractor.Models;

namespace Attractor.Tests.Models;

public sealed class KebabCaseTests
{
    [Fact]
    public void Words_are_small_letters_with_a_hyphen_before_each_capital()
    {
        Assert.Equal(["relu", "leaky-relu", "tanh", "sigmoid", "softplus"], KebabCase.All<LayerActivation>());
        Assert.Equal(["bernoulli", "gaussian", "isotropic-gaussian", "poisson", "negative-binomial"], KebabCase.All<Observation>());
    }

    [Fact]
    public void Every_choice_is_found_by_its_word_and_no_other_word_is_one()
    {
        foreach (LayerActivation activation in Enum.GetValues<LayerActivation>())
            Assert.Equal(activation, KebabCase.Find<LayerActivation>(KebabCase.Of(activation)));
        foreach (string word in (string[])["LeakyRelu", "leakyrelu", "leaky-Relu", "1", "", " tanh"])
            Assert.Null(KebabCase.Find<LayerActivation>(word));
    }
}
