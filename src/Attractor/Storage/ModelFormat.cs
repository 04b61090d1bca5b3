using Attractor.Models;

namespace Attractor.Storage;

/// <summary>How models of one kind lie in a safetensors file.</summary>
/// <remarks>With <see cref="ModelFile.Register"/> a model of one's own is saved and loaded as the library's are.</remarks>
public sealed class ModelFormat
{
    private readonly Func<ILearntModel, SafeTensorsFile> _write;

    private ModelFormat(string kind, Func<ILearntModel, SafeTensorsFile> write, Func<TensorReader, ILearntModel> read)
        => (Kind, _write, Read) = (kind, write, read);

    /// <summary>The kind as <see cref="ILearntModel.Kind"/> and the metadata <c>model</c> of a file name it.</summary>
    public string Kind { get; }

    internal Func<TensorReader, ILearntModel> Read { get; }

    /// <summary>The format of a class of models.</summary>
    /// <param name="kind">Their <see cref="ILearntModel.Kind"/>.</param>
    /// <param name="write">Tensors and metadata that rebuild a model; the metadata <c>model</c> is added.</param>
    /// <param name="read">The model of a file, or an <see cref="InvalidDataException"/>: <see cref="TensorReader.Bad"/>. Checks that the
    /// file holds what its metadata claim before it makes a model.</param>
    public static ModelFormat Of<TModel>(string kind, Func<TModel, SafeTensorsFile> write, Func<TensorReader, TModel> read)
        where TModel : class, ILearntModel
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(read);
        return new(
            kind,
            model => write(model as TModel ?? throw new ArgumentException(
                $"A file of the kind '{kind}' holds a {typeof(TModel).Name}, not a {model.GetType().Name}.", nameof(model))),
            read);
    }

    internal SafeTensorsFile Write(ILearntModel model)
    {
        SafeTensorsFile file = _write(model);
        return file with { Metadata = new Dictionary<string, string>(file.Metadata) { ["model"] = Kind } };
    }
}
