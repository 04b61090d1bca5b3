namespace Attractor.Runs;

/// <summary>A trial is another worker's by now: what this one would write is not wanted.</summary>
/// <remarks>Whatever a training makes of a cancellation it makes of this.</remarks>
internal sealed class LeaseLostException(long number)
    : OperationCanceledException($"trial {number} is another worker's by now");
