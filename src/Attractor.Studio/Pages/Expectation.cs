using System.Globalization;
using System.Text.Json;

namespace Attractor.Studio.Pages;

/// <summary>What <c>attractor train --estimate</c> says of a training, in words.</summary>
internal static class Expectation
{
    private const double Megabyte = 1 << 20, Gigabyte = 1 << 30, MostSeconds = 1e11;

    /// <summary>In two sentences: the time, and the memory.</summary>
    public static string Sentence(JsonElement answer)
    {
        string unit = answer.GetProperty("unit").GetString()!;
        string time = Number(answer, "seconds") is not { } seconds
            ? $"How long it takes is not known: not one of its {unit} ended while it was measured."
            : (answer.GetProperty("at_most").GetBoolean() ? "At most " : "About ")
                + Numbers.Time(TimeSpan.FromSeconds(Math.Min(seconds, MostSeconds)))
                + (Number(answer, "steps") is { } steps && Number(answer, "steps_per_second") is { } rate
                    ? string.Create(CultureInfo.InvariantCulture, $": {steps:N0} {unit} at {Rate(rate)}, as measured just now.")
                    : ".");
        return $"{time} Memory: about {Bytes(Number(answer, "memory_bytes"))} of {Bytes(Number(answer, "memory_available_bytes"))}.";
    }

    private static string Rate(double rate)
        => rate >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{(rate < 10 ? Math.Round(rate, 1) : Math.Round(rate)):N0} a second")
            : $"{Numbers.Text(1 / rate)} s each";

    private static string Bytes(double? bytes) => bytes is not { } known ? "an unknown amount"
        : known < Gigabyte ? string.Create(CultureInfo.InvariantCulture, $"{known / Megabyte:N0} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{known / Gigabyte:N1} GB");

    private static double? Number(JsonElement answer, string key)
        => answer.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
