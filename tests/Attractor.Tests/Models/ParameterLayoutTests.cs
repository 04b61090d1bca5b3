using Attractor.Models;

namespace Attractor.Tests.Models;

public sealed class ParameterLayoutTests
{
    [Fact]
    public void Only_the_weights_of_affine_layers_are_used_in_nothing_else()
    {
        ParameterLayout layout = new();
        Assert.False(layout.Matrix("W", 2, 3).IsAffine);
        Assert.False(layout.Vector("h", 3).IsAffine);
        Assert.True(layout.Weights("V", 4, 3).IsAffine);
        Assert.Equal((21, 9), (layout.Count, layout.Tensors[2].Offset));
    }

    [Fact]
    public void There_are_as_many_parameters_as_an_array_holds_and_not_one_more()
    {
        ParameterLayout layout = new();
        layout.Vector("h", Array.MaxLength - 1);
        layout.Vector("b", 1);
        Assert.Equal(Array.MaxLength, layout.Count);
        Assert.Contains(
            "more than", Assert.Throws<ArgumentException>(() => layout.Vector("c", 1)).Message, StringComparison.Ordinal);
    }
}
