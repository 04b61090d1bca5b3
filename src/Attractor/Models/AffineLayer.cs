using System.Numerics;
using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>y = W x + b for every row, W of outputs x inputs.</summary>
internal sealed class AffineLayer
{
    /// <param name="layout">Where its tensors are laid.</param>
    /// <param name="name">What their names begin with.</param>
    /// <param name="inputs">Columns of W.</param>
    /// <param name="outputs">Rows of W.</param>
    /// <param name="exclusive">Whether W is used by <see cref="Apply"/> alone: its gradient can then be formed later.</param>
    public AffineLayer(ParameterLayout layout, string name, int inputs, int outputs, bool exclusive = false)
    {
        (Inputs, Outputs) = (inputs, outputs);
        Weight = exclusive ? layout.Weights(name + ".weight", outputs, inputs) : layout.Matrix(name + ".weight", outputs, inputs);
        Bias = layout.Vector(name + ".bias", outputs);
    }

    public int Inputs { get; }

    public int Outputs { get; }

    public ParameterTensor Weight { get; }

    public ParameterTensor Bias { get; }

    /// <summary>n x inputs to n x outputs.</summary>
    public Variable<T> Apply<T>(TapeParameters<T> parameters, Variable<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => x.Affine(parameters[Weight], parameters[Bias]);

    /// <summary>The same of one x, in elementary operations.</summary>
    public VectorValue Trace(VectorProgram program, ParameterBuffer parameters, VectorValue x)
        => program.Affine(parameters[Weight.Name], parameters[Bias.Name], x);

    /// <summary>Weights and biases uniform within 1 / sqrt(inputs) (LeCun et al., "Efficient BackProp", 1998; what PyTorch does).</summary>
    public void Initialize(Span<double> values, RandomStream random)
    {
        double bound = 1 / Math.Sqrt(Inputs);
        foreach (ParameterTensor tensor in (ParameterTensor[])[Weight, Bias])
            foreach (ref double value in values.Slice(tensor.Offset, tensor.Count))
                value = random.NextUniform(-bound, bound);
    }
}
