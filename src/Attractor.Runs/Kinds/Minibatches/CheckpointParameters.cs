using Attractor.Learning;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>Parameters of a model as a checkpoint holds them.</summary>
internal static class CheckpointParameters
{
    /// <summary>Gives a model the parameters of a checkpoint.</summary>
    /// <returns>The updates they took.</returns>
    /// <exception cref="InvalidDataException">It is one of another model.</exception>
    public static long Restore(this ParameterBuffer parameters, string file)
    {
        TrainingState state = Checkpoint.Load(file);
        if (state.Parameters.Length != parameters.Count)
            throw new InvalidDataException($"{file} is a checkpoint of another model than its config says");
        parameters.Set(state.Parameters);
        return state.Update;
    }

    /// <summary>A model as a file of its run has it.</summary>
    /// <param name="model">Takes the parameters of a checkpoint.</param>
    /// <param name="parameters">Its own.</param>
    /// <param name="file">The trained model, or a checkpoint.</param>
    /// <returns>The model, and the updates that it took; null of the trained one.</returns>
    /// <exception cref="InvalidDataException">The file is of another model.</exception>
    public static (T Model, long? Update) At<T>(T model, ParameterBuffer parameters, string file)
        where T : class, ILearntModel
        => ModelFigures.IsTrained(file) ? ((T)ModelFile.Load(file), null) : (model, parameters.Restore(file));
}
