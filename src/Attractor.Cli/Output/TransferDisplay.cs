using System.Diagnostics;
using System.Globalization;
using Attractor.Runs;

namespace Attractor.Cli.Output;

/// <summary>How far files have come: a line on the standard error every five seconds, and one for whatever happens.</summary>
internal sealed class TransferDisplay : IProgress<Transfer>
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = s_interval;

    public void Report(Transfer value)
    {
        if (value.Message is not null)
            Console.Error.WriteLine($"{value.File}: {value.Message}");
        else if (_clock.Elapsed >= _next)
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{value.File}: "
                + $"{value.Bytes:N0}{(value.Total is { } total ? string.Create(CultureInfo.InvariantCulture, $" of {total:N0}") : "")} "
                + $"bytes"));
        else
            return;
        _next = _clock.Elapsed + s_interval;
    }
}
