using System.Text.Json.Nodes;
using Attractor.Data;

namespace Attractor.Native;

/// <summary>The functions there are, by name.</summary>
internal static class NativeFunctions
{
    private static readonly Dictionary<string, Func<NativeCall, JsonObject>> s_all = new(StringComparer.Ordinal)
    {
        ["kinds"] = ModelFunctions.Kinds,
        ["fit"] = ModelFunctions.Fit,
        ["resume"] = ModelFunctions.Resume,
        ["ask"] = ModelFunctions.Ask,
        ["systems"] = SystemFunctions.Systems,
        ["simulate"] = SystemFunctions.Simulate,
        ["lyapunov"] = SystemFunctions.Exponents,
        ["compare"] = RecordingFunctions.Compare,
        ["dimension"] = RecordingFunctions.Dimension,
        ["lyapunov_of_data"] = RecordingFunctions.Exponent,
        ["forecast"] = RecordingFunctions.Forecast,
    };

    /// <summary>The function of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Func<NativeCall, JsonObject> Find(string? name)
        => name is not null && s_all.TryGetValue(name, out Func<NativeCall, JsonObject>? function) ? function
            : throw new ArgumentException(
                $"there is no function '{name}'"
                + (NearestName.Among(s_all.Keys, name ?? "") is { } nearest ? $"; did you mean {nearest}?" : ""));
}
