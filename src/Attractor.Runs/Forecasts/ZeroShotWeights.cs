using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>A zero-shot model that a command line names as weights.</summary>
internal static class ZeroShotWeights
{
    private const string Json = ".json";

    /// <summary>Reads it.</summary>
    /// <param name="path">A run, a file of a model, or weights as JSON.</param>
    /// <exception cref="InvalidDataException">It is something else; the message says what.</exception>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    public static DynaMixModel Read(string path)
    {
        if (path.EndsWith(Json, StringComparison.OrdinalIgnoreCase))
            return DynaMixFile.Read(path);
        TrainedModel trained = TrainedModel.Load(path);
        return trained.Model as DynaMixModel ?? throw new InvalidDataException(
            $"{path} holds a {trained.Model.Kind}, not a {DynaMixModel.KindName}: attractor train {DynaMixModel.KindName} makes one");
    }
}
