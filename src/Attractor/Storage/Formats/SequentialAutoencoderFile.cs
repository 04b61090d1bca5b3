using System.Globalization;
using Attractor.Models;

namespace Attractor.Storage;

/// <summary>A sequential variational autoencoder: its tensors under their names, its structure in the metadata.</summary>
internal static class SequentialAutoencoderFile
{
    private const int MostLayers = 100;

    public static ModelFormat Format { get; } = ModelFormat.Of<SequentialVariationalAutoencoder>(
        SequentialVariationalAutoencoder.KindName, Write, Read);

    private static SafeTensorsFile Write(SequentialVariationalAutoencoder model)
    {
        SequentialAutoencoderOptions options = model.Options;
        return new(TensorReader.Tensors(model.Parameters), new Dictionary<string, string>
        {
            ["observed"] = Text(options.Observed),
            ["latent"] = Text(options.Latent),
            ["transition"] = KebabCase.Of(options.Transition),
            ["transition_hidden"] = Text(options.TransitionHidden),
            ["posterior"] = KebabCase.Of(options.Inference),
            ["encoder"] = KebabCase.Of(options.Encoder),
            ["encoder_units"] = Text(options.EncoderUnits),
            ["encoder_hidden"] = Text(options.EncoderHidden),
            ["layers"] = string.Join(',', options.DecoderLayers.Select(Text)),
            ["activation"] = KebabCase.Of(options.Activation),
            ["observation"] = options.Observation.Name,
        });
    }

    private static SequentialVariationalAutoencoder Read(TensorReader reader)
    {
        SequentialAutoencoderOptions options = new()
        {
            Observed = Size(reader, "observed"),
            Latent = Size(reader, "latent"),
            Transition = reader.Choice<TransitionKind>("transition"),
            TransitionHidden = Size(reader, "transition_hidden"),
            Inference = reader.Choice<SequentialInference>("posterior"),
            Encoder = reader.Choice<EncoderCell>("encoder"),
            EncoderUnits = Size(reader, "encoder_units"),
            EncoderHidden = Size(reader, "encoder_hidden"),
            DecoderLayers = reader.Numbers("layers", MostLayers, AutoencoderOptions.MostUnits),
            Activation = reader.Choice<LayerActivation>("activation"),
            Observation = reader.Observation(),
        };
        // Before the model is made: it would take what its sizes claim, however little the file holds. Each of these sizes has a tensor of
        // at least its length.
        int[] used =
        [
            options.Observed, options.Latent, options.EncoderUnits, .. options.DecoderLayers,
            options.Encoder is EncoderCell.ShallowPlrnn or EncoderCell.ClippedShallowPlrnn ? options.EncoderHidden : 1,
            options.Transition is TransitionKind.ShallowPlrnn or TransitionKind.ClippedShallowPlrnn or TransitionKind.Gated
                ? options.TransitionHidden
                : 1,
        ];
        if (used.Max() > reader.ValueCount || LeastCount(reader, options) > reader.ValueCount)
            throw reader.Bad($"it holds {reader.ValueCount:N0} values, too few for a model of the sizes that its metadata give");
        return reader.Model(() => new SequentialVariationalAutoencoder(options), model => model.Parameters);
    }

    // The matrices that every such model has; each of the others is of these sizes, or of one that is looked at by itself.
    private static Int128 LeastCount(TensorReader reader, SequentialAutoencoderOptions options)
    {
        Int128 count = (Int128)options.EncoderUnits * (options.Observed + options.Latent);
        if (options.Encoder is EncoderCell.Gru or EncoderCell.Plrnn)
            count += (Int128)options.EncoderUnits * options.EncoderUnits;
        else
            count += 2 * (Int128)options.EncoderUnits * options.EncoderHidden;
        count += options.Transition switch
        {
            TransitionKind.StandardNormal => 0,
            TransitionKind.Linear or TransitionKind.Plrnn => (Int128)options.Latent * options.Latent,
            TransitionKind.ShallowPlrnn or TransitionKind.ClippedShallowPlrnn or TransitionKind.Gated
                => 2 * (Int128)options.Latent * options.TransitionHidden,
            _ => throw reader.Bad($"there is no transition {options.Transition}"),
        };
        int inputs = options.Latent;
        foreach (int outputs in (int[])[.. options.DecoderLayers, options.Observed])
        {
            count += (Int128)inputs * outputs;
            inputs = outputs;
        }
        return count;
    }

    private static int Size(TensorReader reader, string key) => reader.Whole(key, 1, AutoencoderOptions.MostUnits);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
