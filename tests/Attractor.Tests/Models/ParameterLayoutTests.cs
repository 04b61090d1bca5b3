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
}
