using System.Globalization;
using Attractor.Models;

namespace Attractor.Storage;

/// <summary>
/// A variational autoencoder: of each layer <c>weight</c> (outputs x inputs) and <c>bias</c>, as in
/// <c>encoder.0.weight</c>, <c>encoder.mean.weight</c>, <c>encoder.log_variance.weight</c>, <c>decoder.0.weight</c>,
/// <c>decoder.output.weight</c>; its structure is in the metadata.
/// </summary>
internal static class AutoencoderFile
{
    private const int MostLayers = 100;

    public static ModelFormat Format { get; } = ModelFormat.Of<VariationalAutoencoder>(VariationalAutoencoder.KindName, Write, Read);

    private static SafeTensorsFile Write(VariationalAutoencoder model)
    {
        AutoencoderOptions options = model.Options;
        Dictionary<string, string> metadata = new()
        {
            ["observed"] = FormattableString.Invariant($"{options.Observed}"),
            ["latent"] = FormattableString.Invariant($"{options.Latent}"),
            ["layers"] = string.Join(',', options.Layers.Select(l => l.ToString(CultureInfo.InvariantCulture))),
            ["activation"] = KebabCase.Of(options.Activation),
            ["observation"] = options.Observation.Name,
        };
        if (options.Image is { } image)
            metadata["image"] = FormattableString.Invariant($"{image.Height}x{image.Width}");
        return new(TensorReader.Tensors(model.Parameters), metadata);
    }

    private static VariationalAutoencoder Read(TensorReader reader)
    {
        AutoencoderOptions options = new()
        {
            Observed = reader.Whole("observed", 1, AutoencoderOptions.MostUnits),
            Latent = reader.Whole("latent", 1, AutoencoderOptions.MostUnits),
            Layers = reader.Numbers("layers", MostLayers, AutoencoderOptions.MostUnits),
            Activation = reader.Choice<LayerActivation>("activation"),
            Observation = reader.Observation(),
        };
        if (reader.HasWord("image"))
            options = options with { Image = Image(reader) };
        // Before the model is made: it would take what its sizes claim, however little the file holds.
        if (options.ParameterCount != reader.ValueCount)
            throw reader.Bad(
                $"it holds {reader.ValueCount:N0} values, but a model of the sizes that its metadata give has "
                + $"{options.ParameterCount:N0}");
        return reader.Model(() => new VariationalAutoencoder(options), model => model.Parameters);
    }

    private static (int Height, int Width) Image(TensorReader reader)
    {
        string[] words = reader.Word("image").Split('x');
        return words.Length == 2 && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int height)
            && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int width)
            ? (height, width)
            : throw reader.Bad($"metadata 'image' is '{reader.Word("image")}', expected rows and columns such as 28x28");
    }
}
