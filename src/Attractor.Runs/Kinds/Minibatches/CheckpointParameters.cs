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
}
