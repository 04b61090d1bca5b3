using Attractor.Data;

namespace Attractor.Models;

/// <summary>
/// Some sequences of a packed matrix, one behind the other in the layout, in the steps in which a recurrence goes through them.
/// </summary>
/// <remarks>They are gone through only while the longest of them lasts.</remarks>
/// <param name="layout">How all sequences lie in the rows.</param>
/// <param name="direction">From the first step on, or from the last back.</param>
/// <param name="first">The first of the sequences.</param>
/// <param name="most">How many there are at most.</param>
internal readonly struct PackedSteps(SequenceLayout layout, TimeDirection direction, int first, int most)
{
    /// <summary>Steps of the longest sequence.</summary>
    public int Steps { get; } = layout.Lengths[first];

    /// <summary>How many sequences have a row at the step; they come first.</summary>
    public int Active(int step) => Math.Min(most, layout.Active(TimeOf(step)) - first);

    /// <summary>Of those, how many had one at the step before; they come first again. The others set out from the initial state.</summary>
    public int Continuing(int step) => step == 0 ? 0 : Math.Min(Active(step), Active(step - 1));

    /// <summary>The row of the first sequence at the step.</summary>
    public nint Row(int step) => layout.Offsets[TimeOf(step)] + (nint)first;

    private int TimeOf(int step) => direction == TimeDirection.Forward ? step : Steps - 1 - step;
}
