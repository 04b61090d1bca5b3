namespace Attractor.Models;

/// <summary>The parameters of a DynaMix model one behind the other, as a training and a file have them; matrices row-major.</summary>
internal sealed class DynaMixLayout
{
    private readonly DynaMixParameters _sizes;

    /// <param name="sizes">Parameters of the same sizes.</param>
    public DynaMixLayout(DynaMixParameters sizes)
    {
        _sizes = sizes;
        (int n, int m, int experts, int hidden) = (sizes.Observed, sizes.Latent, sizes.Experts, sizes.GateHidden);
        ParameterLayout layout = new();
        A = layout.Matrix("A", experts, m);
        W = layout.Matrix("W", experts * m, m);
        Bias = layout.Matrix("h", experts, m);
        ConvolutionWeights = layout.Matrix("conv_w", n, 2 * n);
        ConvolutionBias = layout.Vector("conv_b", n);
        Query = layout.Matrix("D", n, m);
        GateInput = layout.Matrix("mlp1", hidden, n + m);
        GateOutput = layout.Matrix("mlp2", experts, hidden);
        AttentionTemperature = layout.Vector("temp1", 1);
        GateTemperature = layout.Vector("temp2", 1);
        Noise = layout.Vector("sigma", n);
        Initial = m > n ? layout.Matrix("obs_L", m - n, n) : null;
        Input = sizes.Input.Length > 0 ? layout.Matrix("C", experts * m, 2 * n) : null;
        Tensors = layout.Tensors;
        Count = layout.Count;
    }

    public ParameterTensor A { get; }

    public ParameterTensor W { get; }

    public ParameterTensor Bias { get; }

    public ParameterTensor ConvolutionWeights { get; }

    public ParameterTensor ConvolutionBias { get; }

    public ParameterTensor Query { get; }

    public ParameterTensor GateInput { get; }

    public ParameterTensor GateOutput { get; }

    public ParameterTensor AttentionTemperature { get; }

    public ParameterTensor GateTemperature { get; }

    public ParameterTensor Noise { get; }

    /// <summary>L; null where every unit is observed.</summary>
    public ParameterTensor? Initial { get; }

    /// <summary>C; null where the attended rows only choose among the experts.</summary>
    public ParameterTensor? Input { get; }

    public IReadOnlyList<ParameterTensor> Tensors { get; }

    public int Count { get; }

    /// <summary>The parameters of other values of the same sizes.</summary>
    public DynaMixParameters Unpack(ReadOnlySpan<double> values)
    {
        return _sizes with
        {
            A = Of(values, A),
            W = Of(values, W),
            Bias = Of(values, Bias),
            ConvolutionWeights = Of(values, ConvolutionWeights),
            ConvolutionBias = Of(values, ConvolutionBias),
            Query = Of(values, Query),
            GateInput = Of(values, GateInput),
            GateOutput = Of(values, GateOutput),
            AttentionTemperature = values[AttentionTemperature.Offset],
            GateTemperature = values[GateTemperature.Offset],
            Noise = Of(values, Noise),
            Initial = Initial is null ? [] : Of(values, Initial),
            Input = Input is null ? [] : Of(values, Input),
        };

        static double[] Of(ReadOnlySpan<double> values, ParameterTensor tensor) => values.Slice(tensor.Offset, tensor.Count).ToArray();
    }

    /// <summary>The values of parameters of the same sizes.</summary>
    public double[] Pack(DynaMixParameters parameters)
    {
        double[] values = new double[Count];
        foreach ((ParameterTensor? tensor, double[] source) in ((ParameterTensor?, double[])[])
        [
            (A, parameters.A), (W, parameters.W), (Bias, parameters.Bias), (ConvolutionWeights, parameters.ConvolutionWeights),
            (ConvolutionBias, parameters.ConvolutionBias), (Query, parameters.Query), (GateInput, parameters.GateInput),
            (GateOutput, parameters.GateOutput), (AttentionTemperature, [parameters.AttentionTemperature]),
            (GateTemperature, [parameters.GateTemperature]), (Noise, parameters.Noise), (Initial, parameters.Initial),
            (Input, parameters.Input),
        ])
            if (tensor is not null)
                source.CopyTo(values, tensor.Offset);
        return values;
    }
}
