using Attractor.Learning;

namespace Attractor.Storage;

/// <summary>The state of anything that learns as a file, exact to the bit, replaced as a whole.</summary>
/// <remarks>A safetensors file: the tensors of the state as vectors, its words as metadata.</remarks>
public static class Checkpoint
{
    /// <summary>Writes a state; a file of the same name is replaced only once the new one is complete.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save<TState>(string path, TState state)
        where TState : ILearnerState<TState>
    {
        ArgumentNullException.ThrowIfNull(state);
        LearnerState written = state.ToTensors();
        SafeTensors.Write(
            path,
            [.. written.Tensors.Select(t => new SafeTensor(t.Name, [t.Values.Count], [.. t.Values]))],
            new Dictionary<string, string>(written.Words),
            isChecked: true);
    }

    /// <summary>Reads the state of a training by gradients.</summary>
    /// <inheritdoc cref="Load{TState}"/>
    public static TrainingState Load(string path) => Load<TrainingState>(path);

    /// <summary>Reads a state.</summary>
    /// <typeparam name="TState">Of what: a <see cref="TrainingState"/>, a <see cref="MixtureState"/>, ...</typeparam>
    /// <exception cref="InvalidDataException">The file is not a checkpoint of such a state.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TState Load<TState>(string path)
        where TState : ILearnerState<TState>
    {
        SafeTensorsFile file = SafeTensors.Read(path);
        try
        {
            return TState.FromTensors(new([.. file.Tensors.Select(t => new StateTensor(t.Name, t.Values))], file.Metadata));
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)} is not a checkpoint: {e.Message}.");
        }
    }
}
