using System.Globalization;
using System.Numerics;
using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>Affine layers, each followed by the activation: the body of an encoder or decoder. Without layers it is the identity.</summary>
internal sealed class AffineStack
{
    /// <summary>LeakyReLU's slope below 0, that of the networks in the literature on variational autoencoders.</summary>
    public const double NegativeSlope = 0.2;

    private readonly AffineLayer[] _layers;
    private readonly LayerActivation _activation;

    public AffineStack(ParameterLayout layout, string name, int inputs, IReadOnlyList<int> sizes, LayerActivation activation)
    {
        _layers = new AffineLayer[sizes.Count];
        _activation = activation;
        Outputs = inputs;
        for (int l = 0; l < sizes.Count; l++)
        {
            _layers[l] = new(layout, string.Create(CultureInfo.InvariantCulture, $"{name}.{l}"), Outputs, sizes[l], exclusive: true);
            Outputs = sizes[l];
        }
    }

    public int Outputs { get; }

    /// <summary>n x inputs to n x outputs.</summary>
    public Variable<T> Apply<T>(TapeParameters<T> parameters, Variable<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (AffineLayer layer in _layers)
            x = Activate(layer.Apply(parameters, x), _activation);
        return x;
    }

    /// <summary>The same of one x, in elementary operations.</summary>
    public VectorValue Trace(VectorProgram program, ParameterBuffer parameters, VectorValue x)
    {
        foreach (AffineLayer layer in _layers)
            x = Activate(program, layer.Trace(program, parameters, x), _activation);
        return x;
    }

    public void Initialize(Span<double> values, RandomStream random)
    {
        foreach (AffineLayer layer in _layers)
            layer.Initialize(values, random);
    }

    /// <summary>The activation of every element.</summary>
    public static Variable<T> Activate<T>(Variable<T> x, LayerActivation activation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => activation switch
        {
            LayerActivation.Relu => x.Relu(),
            LayerActivation.LeakyRelu => x.LeakyRelu(NegativeSlope),
            LayerActivation.Tanh => x.Tanh(),
            LayerActivation.Sigmoid => x.Sigmoid(),
            LayerActivation.Softplus => x.Softplus(),
            _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "There is no such activation."),
        };

    private static VectorValue Activate(VectorProgram program, VectorValue x, LayerActivation activation) => activation switch
    {
        LayerActivation.Relu => program.Apply(VectorFunction.Rectify, x),
        LayerActivation.LeakyRelu
            => program.Add(program.Scale(NegativeSlope, x), program.Scale(1 - NegativeSlope, program.Apply(VectorFunction.Rectify, x))),
        LayerActivation.Tanh => program.Apply(VectorFunction.Tanh, x),
        LayerActivation.Sigmoid => program.Apply(VectorFunction.Sigmoid, x),
        LayerActivation.Softplus => program.Apply(VectorFunction.Softplus, x),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "There is no such activation."),
    };
}
