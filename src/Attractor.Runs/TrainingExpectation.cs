using System.Globalization;
using System.Text.Json.Nodes;

namespace Attractor.Runs;

/// <summary>What a training is about to take, by its first seconds.</summary>
/// <param name="Unit">What its steps are: updates, epochs, sweeps, rows.</param>
/// <param name="Steps">How many there are; of one that ends when it has converged the most; null if it does not say.</param>
/// <param name="StepsPerSecond">How fast they were; null if there was not one while it was measured.</param>
/// <param name="Preparation">Seconds before the first of them, reading of the data included.</param>
/// <param name="Seconds">Seconds in all; null if that is not known.</param>
internal sealed record TrainingExpectation(string Unit, long? Steps, double? StepsPerSecond, double Preparation, double? Seconds)
{
    private const double Megabyte = 1 << 20, Gigabyte = 1 << 30;

    /// <summary>Whether it may end sooner.</summary>
    public bool IsAtMost { get; init; }

    /// <summary>Parameters of the model; null where what is learnt says how many.</summary>
    public int? Parameters { get; init; }

    /// <summary>Bytes that the process took while it was measured, the program itself included.</summary>
    public required long Measured { get; init; }

    /// <summary>Bytes that model and batch take by their sizes, as they are reckoned before any work; 0 where nothing is.</summary>
    public required double Reckoned { get; init; }

    /// <summary>Bytes that it may take.</summary>
    public double Available { get; init; } = MemoryNeed.Available;

    /// <summary>Bytes to expect.</summary>
    public double Memory => Math.Max(Measured, Reckoned);

    /// <summary>As an object for a program.</summary>
    public JsonObject ToJson() => new()
    {
        ["parameters"] = Parameters,
        ["unit"] = Unit,
        ["steps"] = Steps,
        ["steps_per_second"] = StepsPerSecond is { } rate ? Json.Number(rate) : null,
        ["preparation_seconds"] = Json.Number(Preparation),
        ["seconds"] = Seconds is { } all ? Json.Number(all) : null,
        ["at_most"] = IsAtMost,
        ["memory_bytes"] = Json.Number(Math.Round(Memory)),
        ["memory_measured_bytes"] = Measured,
        ["memory_reckoned_bytes"] = Json.Number(Math.Round(Reckoned)),
        ["memory_available_bytes"] = Json.Number(Math.Round(Available)),
    };

    /// <summary>In a sentence.</summary>
    public override string ToString()
    {
        string time = Seconds is not { } all ? $"not one of its {Unit} ended while it was measured"
            : $"{(IsAtMost ? "at most " : "about ")}{Words(all)}";
        string steps = (Steps, StepsPerSecond) is ({ } count, { } rate)
            ? string.Create(CultureInfo.InvariantCulture, $": {count:N0} {Unit} at {Short(rate)} a second")
                + $", after {Words(Preparation)} of preparation"
            : "";
        string memory = Memory < Gigabyte
            ? string.Create(CultureInfo.InvariantCulture, $"{Memory / Megabyte:N0} MB")
            : string.Create(CultureInfo.InvariantCulture, $"{Memory / Gigabyte:N1} GB");
        return string.Create(
            CultureInfo.InvariantCulture, $"{time}{steps}; about {memory} of memory, of {Available / Gigabyte:N1} GB that it may take");
    }

    private static string Short(double number) => number.ToString(number < 10 ? "G2" : "N0", CultureInfo.InvariantCulture);

    private static string Words(double seconds) => seconds switch
    {
        < 100 => $"{Short(seconds)} s",
        < 6000 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:F0} min"),
        < 172_800 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:F1} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86_400:N0} days"),
    };
}
