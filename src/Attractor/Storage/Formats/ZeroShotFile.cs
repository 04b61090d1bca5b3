using Attractor.Models;

namespace Attractor.Storage;

/// <summary>
/// A zero-shot model: tensors <c>A</c> (J x M), <c>W</c> (J M x M), <c>h</c> (J x M), <c>conv_w</c> (N x 2 N, the two taps of a variable
/// side by side), <c>conv_b</c>, <c>D</c>, <c>mlp1</c>, <c>mlp2</c>, <c>temp1</c>, <c>temp2</c>, <c>sigma</c>, where M is above N
/// <c>obs_L</c>, and where attended rows go into the states <c>C</c> (J M x 2 N); the sizes in the metadata.
/// </summary>
internal static class ZeroShotFile
{
    private const int MostUnits = 1000, MostHidden = 10_000, MostObserved = 100;

    public static ModelFormat Format { get; } = ModelFormat.Of<DynaMixModel>(DynaMixModel.KindName, Write, Read);

    private static SafeTensorsFile Write(DynaMixModel model)
    {
        DynaMixLayout layout = new(model.Parameters);
        double[] values = layout.Pack(model.Parameters);
        return new(
            [.. layout.Tensors.Select(t => new SafeTensor(t.Name, [.. t.Shape], values[t.Offset..(t.Offset + t.Count)]))],
            new Dictionary<string, string>
            {
                ["observed"] = FormattableString.Invariant($"{model.Observed}"),
                ["latent"] = FormattableString.Invariant($"{model.Parameters.Latent}"),
                ["experts"] = FormattableString.Invariant($"{model.Parameters.Experts}"),
                ["rectified"] = FormattableString.Invariant($"{model.Parameters.Rectified}"),
                ["gate"] = FormattableString.Invariant($"{model.Parameters.GateHidden}"),
            });
    }

    private static DynaMixModel Read(TensorReader reader)
    {
        int observed = reader.Whole("observed", 1, MostObserved), latent = reader.Whole("latent", observed, MostUnits);
        int experts = reader.Whole("experts", 1, MostUnits);
        // Of the sizes that the file claims nothing is made but what it holds: a tensor of another shape is refused.
        double[] Of(string name, params int[] shape) => reader.Values(name, shape);
        int hidden = reader.Whole("gate", 1, MostHidden);
        DynaMixParameters parameters = new()
        {
            Observed = observed,
            Latent = latent,
            Experts = experts,
            Rectified = reader.Whole("rectified", 0, latent),
            GateHidden = hidden,
            A = Of("A", experts, latent),
            W = Of("W", experts * latent, latent),
            Bias = Of("h", experts, latent),
            ConvolutionWeights = Of("conv_w", observed, 2 * observed),
            ConvolutionBias = Of("conv_b", observed),
            Query = Of("D", observed, latent),
            GateInput = Of("mlp1", hidden, observed + latent),
            GateOutput = Of("mlp2", experts, hidden),
            AttentionTemperature = Of("temp1", 1)[0],
            GateTemperature = Of("temp2", 1)[0],
            Noise = Of("sigma", observed),
            Initial = latent > observed ? Of("obs_L", latent - observed, observed) : [],
            Input = reader.Has("C") ? Of("C", experts * latent, 2 * observed) : [],
        };
        try
        {
            return new(parameters);
        }
        catch (ArgumentException e)
        {
            throw reader.Bad($"there is no such model: {e.Message}");
        }
    }
}
