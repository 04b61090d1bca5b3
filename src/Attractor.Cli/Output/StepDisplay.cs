using System.Diagnostics;
using System.Globalization;

namespace Attractor.Cli.Output;

/// <summary>How far a long count of steps has come: a line on the standard error every five seconds.</summary>
internal sealed class StepDisplay(long steps) : IProgress<long>
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = s_interval;

    public void Report(long value)
    {
        if (_clock.Elapsed < _next || value == 0)
            return;
        _next = _clock.Elapsed + s_interval;
        double rate = value / _clock.Elapsed.TotalSeconds;
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{value:N0} of {steps:N0} steps, {rate:N0}/s, {(steps - value) / rate:F0} s left"));
    }
}
